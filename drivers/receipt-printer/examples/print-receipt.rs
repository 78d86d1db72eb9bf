//! Prints a sample slip. `print-receipt 192.168.1.50:9100`
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use std::time::Duration;

use receipt_printer::{PrinterConfig, Profile, Receipt, open};

fn main() {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9100".to_owned());
    let receipt = Receipt::new()
        .title("救助进度单")
        .feed(1)
        .pair("办事大厅", "云岭县民政服务大厅")
        .pair("打印时间", "2026年11月23日 09:42")
        .rule()
        .pair("申请人", "王*兰")
        .pair("身份证号", "639***********0244")
        .pair("救助项目", "最低生活保障")
        .pair("受理编号", "YL2026-000123")
        .rule()
        .heading("目前进度：公示")
        .line("11月20日起公示，至11月26日止。公示期间有异议，可以向河湾镇人民政府提出。")
        .feed(1)
        .heading("接下来")
        .line(
            "公示无异议，由县民政局在10个工作日内作出决定，结果会书面告知您。您现在不用再交材料。",
        )
        .rule()
        .pair("咨询", "河湾镇人民政府 0979-8000001")
        .pair("受理人", "马䶮梅")
        .feed(1)
        .qr("YL2026-000123")
        .line("扫码出示受理编号。此单不含身份证全号，也不含查询码。");
    let config = PrinterConfig {
        address,
        profile: Profile { font_level: receipt_printer::FontLevel::Gb2312, ..Profile::default() },
        answer: Duration::from_secs(2),
        proof: Duration::from_secs(20),
    };
    println!("{:?}", open(config).print(&receipt));
}
