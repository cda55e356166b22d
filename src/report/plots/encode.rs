//! Pixels to a PNG file: 200 dots an inch, so that 1600 pixels fill the 20 cm of a printed page.
//!
//! In: rows of pixels from the top, three bytes each. Out: the bytes of a file, without a time or a program's
//! name in them.

use super::chart::PlotFault;

/// Dots a metre at 200 an inch.
const DOTS_A_METRE: u32 = 7874;

/// Encodes 8-bit RGB pixels.
///
/// # Errors
///
/// Where the library refuses: `pixels` has to hold exactly `3 x width x height` bytes.
pub fn png(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, PlotFault> {
    let fault = |e: png::EncodingError| PlotFault(e.to_string());
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat colours pack best as they are.
    encoder.set_compression(png::Compression::Best);
    encoder.set_filter(png::FilterType::NoFilter);
    let dots = Some(png::PixelDimensions { xppu: DOTS_A_METRE, yppu: DOTS_A_METRE, unit: png::Unit::Meter });
    encoder.set_pixel_dims(dots);
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(pixels).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(out)
}
