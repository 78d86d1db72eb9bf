//! Every screen drawn without a display, portrait and landscape. With `KIOSK_SCREENSHOTS` naming a
//! directory the pictures are kept there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
};
use kiosk_ui::Ui;
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

use crate::samples;

const SIZES: [(&str, u32, u32); 2] = [("portrait", 1080, 1920), ("landscape", 1920, 1080)];

#[test]
fn every_screen_is_drawn_whole_and_different() {
    let options = TestingBackendOptions {
        mock_time: true,
        threading: false,
        renderer_name: Some("software".into()),
    };
    slint::platform::set_platform(Box::new(TestingBackend::new(options))).expect("first platform");
    let keep = std::env::var_os("KIOSK_SCREENSHOTS").map(PathBuf::from);
    let ui = Ui::new(|_| {}, false, 4.0).expect("window");
    ui.component().show().expect("shown");
    for (orientation, width, height) in SIZES {
        ui.set_size(width, height);
        let mut seen = BTreeMap::new();
        for (name, screen) in samples::all() {
            ui.show(&screen);
            let picture = ui.component().window().take_snapshot().expect("drawn");
            assert_eq!((picture.width(), picture.height()), (width, height));
            if let Some(directory) = &keep {
                let file = directory.join(format!("{orientation}-{name}.png"));
                write_png(&picture, &file);
            }
            let twin = seen.insert(picture.as_bytes().to_vec(), name);
            assert_eq!(twin, None, "{name} looks like another screen");
            stays_inside(&ui, name, width as f32, height as f32);
        }
    }
}

/// Screens with a list that may go on below the window's edge.
const SCROLLING: [&str; 20] = [
    "account",
    "another-card",
    "case",
    "choices",
    "complaints",
    "filed",
    "guide",
    "help",
    "identity",
    "keep-receipt",
    "notice",
    "offices",
    "policies",
    "policy",
    "remedies",
    "review",
    "slip-failed",
    "standing",
    "still-there",
    "write",
];

/// Nothing named leaves the sides; buttons lie whole within the window, unless further down a list.
fn stays_inside(ui: &Ui, name: &str, width: f32, height: f32) {
    let elements = ElementQuery::from_root(ui.component())
        .match_predicate(|element: &ElementHandle| element.accessible_label().is_some())
        .find_all();
    assert!(elements.len() > 4, "{name} shows nothing");
    for element in elements {
        let (at, size) = (element.absolute_position(), element.size());
        let label = element.accessible_label().unwrap_or_default();
        let role = element.accessible_role();
        assert_ne!(role, Some(AccessibleRole::None), "{name}: {label} would be read out twice");
        let place = format!("{name}: {label} at {at:?}, {size:?}");
        assert!(at.x >= -0.5 && at.x + size.width <= width + 0.5, "leaves the sides: {place}");
        let listed = SCROLLING.iter().any(|start| name.starts_with(start));
        let inside = at.y >= -0.5 && at.y + size.height <= height + 0.5;
        assert!(listed || inside, "leaves the bottom: {place}");
    }
}

fn write_png(picture: &SharedPixelBuffer<Rgba8Pixel>, path: &Path) {
    let file = std::fs::File::create(path).expect("writable directory");
    let mut encoder =
        png::Encoder::new(std::io::BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("header");
    writer.write_image_data(picture.as_bytes()).expect("pixels");
}
