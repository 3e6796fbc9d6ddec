//! The 64-bit difference hash of a picture (JUDGEMENT.md §4, `box.unique`): grey, area-averaged to 9×8,
//! each bit says whether a cell is brighter than its right neighbour.

use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;

const COLUMNS: usize = 9;
const ROWS: usize = 8;

/// The grey pixels of encoded bytes; `None` where they are no PNG or JPEG, or larger than the caps.
pub(super) fn decode(data: &[u8], most_pixels: u64, most_memory: u64) -> Option<GrayImage> {
    let mut reader = ImageReader::new(Cursor::new(data)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(most_memory);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > most_pixels || decoder.total_bytes() > most_memory {
        return None;
    }
    Some(DynamicImage::from_decoder(decoder).ok()?.into_luma8())
}

/// The hash of a picture.
pub(super) fn of(grey: &GrayImage) -> Option<u64> {
    of_grey(grey.as_raw(), grey.width() as usize, grey.height() as usize)
}

/// The hash of rows of grey pixels. Exact: a cell's sum is in units of 1/72 pixel, and all cells have
/// the same area, so nothing is divided and nothing rounded.
pub(super) fn of_grey(pixels: &[u8], width: usize, height: usize) -> Option<u64> {
    if width == 0 || height == 0 || pixels.len() != width * height {
        return None;
    }
    let mut cells = [[0_u64; COLUMNS]; ROWS];
    for (y, row) in pixels.chunks_exact(width).enumerate() {
        let sums = row_sums(row);
        // The row spans ROWS·y .. ROWS·(y+1), a cell height·j .. height·(j+1).
        for (j, cell) in cells.iter_mut().enumerate() {
            let weight = overlap(y * ROWS, (y + 1) * ROWS, j * height, (j + 1) * height);
            if weight > 0 {
                for (cell, sum) in cell.iter_mut().zip(&sums) {
                    *cell += sum * weight;
                }
            }
        }
    }
    let brighter = cells.iter().flat_map(|row| row.iter().zip(row.iter().skip(1)).map(|(l, r)| l > r));
    Some(brighter.fold(0, |hash, bit| hash << 1 | u64::from(bit)))
}

/// The weighted sums of one row's nine parts, in ninths of a pixel.
fn row_sums(row: &[u8]) -> [u64; COLUMNS] {
    let width = row.len();
    let mut sums = [0; COLUMNS];
    for (i, sum) in sums.iter_mut().enumerate() {
        // In ninths of a pixel, the part spans from .. to.
        let (from, to) = (i * width, (i + 1) * width);
        let (first, last) = (from / COLUMNS, to.div_ceil(COLUMNS));
        let part = row.get(first..last).unwrap_or_default();
        let whole: u64 = part.iter().map(|p| u64::from(*p)).sum();
        let before = (from - first * COLUMNS) as u64 * part.first().map_or(0, |p| u64::from(*p));
        let behind = (last * COLUMNS - to) as u64 * part.last().map_or(0, |p| u64::from(*p));
        *sum = whole * COLUMNS as u64 - before - behind;
    }
    sums
}

fn overlap(a: usize, b: usize, c: usize, d: usize) -> u64 {
    b.min(d).saturating_sub(a.max(c)) as u64
}
