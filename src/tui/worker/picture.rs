//! Pictures for the screen, decoded with limits in a thread of their own: a file that takes too long, or that
//! breaks the decoder, costs nothing but its own picture.

use std::io::Cursor;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use image::{DynamicImage, GenericImageView as _, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use ratatui::layout::Size;
use ratatui_image::Resize;
use ratatui_image::protocol::Protocol;

use crate::desk::{Desk, Failure};
use crate::intake::Caps;
use crate::tui::graphics::Easel;

/// Longest that decoding may take.
const LONGEST: Duration = Duration::from_secs(5);

/// Why there is no picture to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Neither PNG nor JPEG.
    NoPicture,
    /// More pixels, or more memory, than is decoded.
    TooLarge,
    /// The decoder's own words.
    Damaged(String),
    TookTooLong,
    /// There is no room for it, or pictures are switched off.
    NoRoom,
}

/// A file ready to be shown.
#[derive(Clone)]
pub struct Shot {
    pub name: String,
    pub bytes: usize,
    /// `PNG`, `JPEG`, else nothing.
    pub format: &'static str,
    /// Width and height.
    pub pixels: Option<(u32, u32)>,
    pub image: Result<Protocol, Blank>,
    /// The cells it was made for.
    pub cells: (u16, u16),
}

impl std::fmt::Debug for Shot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shot")
            .field("bytes", &self.bytes)
            .field("pixels", &self.pixels)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Shot {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.bytes, self.pixels, self.cells)
            == (&other.name, other.bytes, other.pixels, other.cells)
            && self.image.as_ref().err() == other.image.as_ref().err()
    }
}

/// The file of an item of evidence, as large as fits into so many cells.
pub(super) fn show(
    desk: &Desk,
    ticket: i64,
    item: i64,
    cells: (u16, u16),
    easel: &Easel,
) -> Result<Shot, Failure> {
    let file = desk.attached(ticket, item)?;
    let bytes = file.data.len();
    let format = match image::guess_format(&file.data) {
        Ok(ImageFormat::Png) => "PNG",
        Ok(ImageFormat::Jpeg) => "JPEG",
        _ => "",
    };
    let blank =
        |blank| Shot { name: file.name.clone(), bytes, format, pixels: None, image: Err(blank), cells };
    if format.is_empty() {
        return Ok(blank(Blank::NoPicture));
    }
    let (done, answer) = channel();
    let (data, easel) = (file.data, easel.clone());
    let spawned = std::thread::Builder::new().name("picture".into()).spawn(move || {
        let _ = done.send(decode(&data, cells, &easel));
    });
    if let Err(e) = spawned {
        return Ok(blank(Blank::Damaged(e.to_string())));
    }
    Ok(match answer.recv_timeout(LONGEST) {
        Ok((pixels, image)) => Shot { name: file.name, bytes, format, pixels, image, cells },
        Err(RecvTimeoutError::Timeout) => blank(Blank::TookTooLong),
        Err(RecvTimeoutError::Disconnected) => blank(Blank::Damaged("the decoder gave up".into())),
    })
}

type Decoded = (Option<(u32, u32)>, Result<Protocol, Blank>);

fn decode(data: &[u8], cells: (u16, u16), easel: &Easel) -> Decoded {
    let damaged = |e: &image::ImageError| match e {
        image::ImageError::Limits(_) => Blank::TooLarge,
        other => Blank::Damaged(other.to_string()),
    };
    let caps = Caps::default();
    let mut limits = Limits::default();
    limits.max_alloc = Some(caps.memory);
    let reader = ImageReader::new(Cursor::new(data)).with_guessed_format();
    let mut reader = match reader {
        Ok(reader) => reader,
        Err(e) => return (None, Err(Blank::Damaged(e.to_string()))),
    };
    reader.limits(limits);
    let mut decoder = match reader.into_decoder() {
        Ok(decoder) => decoder,
        Err(e) => return (None, Err(damaged(&e))),
    };
    let (width, height) = decoder.dimensions();
    let pixels = Some((width, height));
    if u64::from(width) * u64::from(height) > caps.pixels || decoder.total_bytes() > caps.memory {
        return (pixels, Err(Blank::TooLarge));
    }
    if easel.off || cells.0 < 4 || cells.1 < 2 {
        return (pixels, Err(Blank::NoRoom));
    }
    let turned = decoder.orientation().ok();
    let mut image = match DynamicImage::from_decoder(decoder) {
        Ok(image) => image,
        Err(e) => return (pixels, Err(damaged(&e))),
    };
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    (pixels, fit(&image, cells, easel))
}

/// The picture made to fit into so many cells.
fn fit(image: &DynamicImage, cells: (u16, u16), easel: &Easel) -> Result<Protocol, Blank> {
    let (wide, high) = easel.pixels(cells);
    // Averaged down first: quick, and finer than picking single pixels. Small ones are made larger, up to four
    // times.
    let (width, height) = image.dimensions();
    let small = width * 4 <= wide && height * 4 <= high;
    let scaled = match (width > wide || height > high, small) {
        (true, _) => image.thumbnail(wide, high),
        (_, true) => image.resize(width * 4, height * 4, image::imageops::FilterType::Nearest),
        _ => image.clone(),
    };
    let size = Size::new(cells.0, cells.1);
    easel.picker.new_protocol(scaled, size, Resize::Fit(None)).map_err(|e| Blank::Damaged(e.to_string()))
}

/// A QR code as a picture with pixels, each module a whole number of them; `None` where it would be too fine.
pub(super) fn qr(token: &str, cells: (u16, u16), easel: &Easel) -> Option<Shot> {
    let (wide, high) = easel.pixels(cells);
    let image = crate::tui::qr::picture(token, wide.min(high))?;
    let pixels = Some(image.dimensions());
    // It has its size already: no pixel of it may be moved.
    let size = Size::new(cells.0, cells.1);
    let drawn = easel.picker.new_protocol(DynamicImage::ImageLuma8(image), size, Resize::Fit(None));
    let image = drawn.map_err(|e| Blank::Damaged(e.to_string()));
    Some(Shot { name: String::new(), bytes: token.len(), format: "QR", pixels, image, cells })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui_image::picker::ProtocolType;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let photo = image::RgbImage::from_fn(64, 48, |x, _| image::Rgb([u8::try_from(x * 3).unwrap(), 9, 9]));
        let mut out = Cursor::new(Vec::new());
        photo.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn pictures_are_made_for_every_kind_of_terminal() {
        for kind in [ProtocolType::Halfblocks, ProtocolType::Kitty, ProtocolType::Sixel, ProtocolType::Iterm2]
        {
            let mut easel = Easel::default();
            easel.picker.set_protocol_type(kind);
            for format in [ImageFormat::Png, ImageFormat::Jpeg] {
                let (pixels, image) = decode(&encoded(format), (40, 12), &easel);
                assert_eq!(pixels, Some((64, 48)));
                let size = image.unwrap().size();
                assert!(size.width <= 40 && size.height <= 12, "{kind:?} {format:?} {size:?}");
            }
            let code = qr("eyJhbGciOiJFZERTQSJ9.e30.AAAA", (80, 24), &easel).unwrap();
            assert!(code.image.is_ok(), "{kind:?}");
        }
        assert!(qr(&"a".repeat(900), (20, 5), &Easel::default()).is_none(), "too fine to be read");
    }

    #[test]
    fn what_is_too_large_or_damaged_is_not_decoded() {
        let easel = Easel::default();
        let mut large = encoded(ImageFormat::Jpeg);
        // Height and width of the frame header (SOF0): 65535 each.
        let frame = large.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
        large[frame + 5..frame + 9].fill(0xFF);
        let (pixels, image) = decode(&large, (40, 12), &easel);
        assert_eq!((pixels, image.err()), (Some((65_535, 65_535)), Some(Blank::TooLarge)));
        let png = encoded(ImageFormat::Png);
        let (_, image) = decode(&png[..png.len() / 2], (40, 12), &easel);
        assert!(matches!(image.err(), Some(Blank::Damaged(_))));
        let (_, image) = decode(b"\x89PNG\r\n\x1a\n", (40, 12), &easel);
        assert!(image.is_err());
        let (_, image) = decode(&png, (2, 1), &easel);
        assert_eq!(image.err(), Some(Blank::NoRoom));
    }
}
