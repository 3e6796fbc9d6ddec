//! Labels as makers print them: IMEIs, serial and article number as bars with the digits below, some with a QR code.

use barcoders::sym::code39::Code39;
use barcoders::sym::code128::Code128;
use barcoders::sym::ean13::EAN13;

use super::{Dice, font};

/// Dots that the narrowest bar takes.
const MODULE: usize = 5;
/// Dots that a dot of the font takes.
const TYPE: usize = 5;

pub struct Label {
    pub imeis: Vec<String>,
    pub serial: String,
    pub width: usize,
    pub height: usize,
    /// Height of a digit, in dots.
    pub digit: usize,
    /// Row after row; `true` is ink.
    ink: Vec<bool>,
}

/// The digit that makes fourteen digits an IMEI.
pub fn luhn(body: &str) -> u32 {
    let digits = body.bytes().rev().enumerate().map(|(place, byte)| {
        let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
        if digit > 9 { digit - 9 } else { digit }
    });
    (10 - digits.sum::<u32>() % 10) % 10
}

pub fn imei(dice: &mut Dice) -> String {
    let tac = ["86753090", "86954704", "35417803", "01332700"][dice.below(4) as usize];
    let body = format!("{tac}{:06}", 100_000 + dice.below(899_999));
    format!("{body}{}", luhn(&body))
}

/// Fourteen digits two to a character, and the last one alone.
fn dense(imei: &str) -> Vec<u8> {
    let (pairs, last) = imei.split_at(14);
    Code128::new(format!("Ć{pairs}Ɓ{last}")).unwrap().encode()
}

fn plain(text: &str) -> Vec<u8> {
    Code128::new(format!("Ɓ{text}")).unwrap().encode()
}

impl Label {
    pub fn of(dice: &mut Dice) -> Self {
        let imeis: Vec<String> = (0..=dice.below(2)).map(|_| imei(dice)).collect();
        let serial = format!("{}/A{:08}", 10_000 + dice.below(89_999), dice.below(99_999_999));
        Self::with(imeis, serial, dice.below(10), dice.below(4) == 0)
    }

    /// `way` is how the IMEIs are printed: 0 is Code 39, 1 and 2 Code 128 a character a digit, others two digits to a
    /// character.
    pub fn with(imeis: Vec<String>, serial: String, way: u64, qr: bool) -> Self {
        let digit = 7 * TYPE;
        let mut label = Self { imeis, serial, width: 1500, height: 0, digit, ink: Vec::new() };
        let mut bars: Vec<(Vec<u8>, String)> = Vec::new();
        for (n, imei) in label.imeis.iter().enumerate() {
            let encoded = match way {
                0 => Code39::with_checksum(imei.as_str()).unwrap().encode(),
                1 | 2 => plain(imei),
                _ => dense(imei),
            };
            bars.push((encoded, format!("IMEI{}: {imei}", n + 1)));
        }
        bars.push((plain(&label.serial), format!("S/N: {}", label.serial)));
        bars.push((EAN13::new("693417774003").unwrap().encode(), "6934177740039".into()));
        label.height = 130 + bars.len() * 190;
        label.ink = vec![false; label.width * label.height];
        label.text("ORBIT 11 BOX", 60, 40, TYPE + 2);
        for (n, (modules, text)) in bars.iter().enumerate() {
            let top = 130 + n * 190;
            label.bars(modules, 60, top, 110);
            label.text(text, 60, top + 122, TYPE);
        }
        if qr {
            label.qr();
        }
        label
    }

    fn bars(&mut self, modules: &[u8], left: usize, top: usize, height: usize) {
        // Code 39 is wide: it takes what there is.
        let module = MODULE.min((self.width - 2 * left) / modules.len()).max(3);
        for (n, _) in modules.iter().enumerate().filter(|(_, module)| **module == 1) {
            self.fill(left + n * module, top, module, height);
        }
    }

    fn text(&mut self, text: &str, left: usize, top: usize, size: usize) {
        for (x, y) in font::dots(text) {
            self.fill(left + x * size, top + y * size, size, size);
        }
    }

    fn qr(&mut self) {
        let text = format!("IMEI:{};SN:{}", self.imeis.join(","), self.serial);
        let code = qrcode::QrCode::new(text).unwrap();
        let (side, module) = (code.width(), 8);
        let left = self.width - 60 - side * module;
        for (n, _) in code.to_colors().iter().enumerate().filter(|(_, c)| **c == qrcode::Color::Dark) {
            self.fill(left + n % side * module, 40 + n / side * module, module, module);
        }
    }

    fn fill(&mut self, left: usize, top: usize, width: usize, height: usize) {
        for y in top..(top + height).min(self.height) {
            let from = y * self.width;
            self.ink[from + left.min(self.width)..from + (left + width).min(self.width)].fill(true);
        }
    }

    /// How much light comes back: 1 is paper, 0 ink; `None` beside the label.
    pub fn at(&self, u: f32, v: f32) -> Option<f32> {
        if u < 0.0 || v < 0.0 || u >= self.width as f32 || v >= self.height as f32 {
            return None;
        }
        Some(if self.ink[v as usize * self.width + u as usize] { 0.0 } else { 1.0 })
    }
}
