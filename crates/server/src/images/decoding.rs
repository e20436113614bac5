//! From an upload to a picture of ours. Slow: not for the async threads.

use crate::problem::{FieldProblem, Problem};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The longest side of an upload, in pixels.
const SIDE_MAX: u32 = 10_000;
/// The most pixels of an upload: a file of some kilobytes can unfold to gigabytes.
const PIXELS_MAX: u64 = 50_000_000;
/// What decoding may take, in bytes.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Of JPEG, from 1 to 100.
const QUALITY: u8 = 85;

/// A square of `side` pixels from the middle: its media type and file.
pub fn square(upload: &[u8], side: u32) -> Result<(&'static str, Vec<u8>), Problem> {
    let (picture, orientation) = decoded(upload)?;
    let mut square = picture.resize_to_fill(side, side, FilterType::Triangle);
    square.apply_orientation(orientation);
    encoded(&square).map_err(Problem::internal)
}

fn decoded(upload: &[u8]) -> Result<(DynamicImage, Orientation), FieldProblem> {
    let unknown = |_| FieldProblem::ImageInvalid;
    let mut reader = ImageReader::new(Cursor::new(upload));
    reader = reader.with_guessed_format().map_err(|_| FieldProblem::ImageInvalid)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(FieldProblem::ImageTooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(unknown)?;
    Ok((picture, orientation))
}

fn refused(error: image::ImageError) -> FieldProblem {
    match error {
        image::ImageError::Limits(_) => FieldProblem::ImageTooLarge,
        _ => FieldProblem::ImageInvalid,
    }
}

fn encoded(picture: &DynamicImage) -> Result<(&'static str, Vec<u8>), image::ImageError> {
    let mut file = Cursor::new(Vec::new());
    if shows_through(picture) {
        picture.to_rgba8().write_to(&mut file, ImageFormat::Png)?;
        return Ok(("image/png", file.into_inner()));
    }
    let jpeg = JpegEncoder::new_with_quality(&mut file, QUALITY);
    picture.to_rgb8().write_with_encoder(jpeg)?;
    Ok(("image/jpeg", file.into_inner()))
}

fn shows_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}
