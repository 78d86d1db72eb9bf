//! Compiles the screens. Debug information lets tests find elements; the shipped binary has none.

fn main() -> Result<(), slint_build::CompileError> {
    let debug = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let config = slint_build::CompilerConfiguration::new()
        .with_style("fluent-light".to_owned())
        .with_debug_info(debug)
        .embed_resources(slint_build::EmbedResourcesKind::EmbedFiles)
        .with_default_translation_context(slint_build::DefaultTranslationContext::None);
    slint_build::compile_with_config("app_window.slint", config)
}
