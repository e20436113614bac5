//! The avatar: drawn again by us, whatever was sent.

use frontdesk_test_support::{Answer, Method, Operator, TestApp, Value};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

#[tokio::test]
async fn a_picture_is_cut_to_a_square_and_stripped() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let mut file = photo(800, 600);
    assert!(file.len() > 64 * 1024, "more than other requests may have");
    // An application segment right behind the start of the file, as cameras write one.
    let secret = b"taken at home";
    let segment = [&[0xff, 0xe1, 0, 15], secret.as_slice()].concat();
    file.splice(2..2, segment);
    let me = shows(&talk.operator, file).await.expect_status(200).json();
    let path = me["avatar"].as_str().expect("a path").to_owned();

    let picture = fetched(&app, &path).await;
    assert!(!picture.windows(secret.len()).any(|it| it == secret));
    let drawn = image::load_from_memory(&picture).expect("a picture");
    assert_eq!((drawn.width(), drawn.height()), (256, 256));
    let seen = talk.visitor.snapshot().await;
    assert_eq!(seen["conversation"]["operator"]["avatar"], path);
}

#[tokio::test]
async fn a_picture_can_do_nothing() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let me = shows(&maren, transparent()).await.expect_status(200).json();
    let request = app.request(Method::GET, me["avatar"].as_str().expect("a path"));
    let response = request.send().await.expect("the server answers");
    let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").ends_with("sandbox"));
    assert!(header("cache-control").contains("immutable"));
    assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
}

#[tokio::test]
async fn a_replaced_picture_is_gone() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let first = shows(&maren, photo(40, 40)).await.expect_status(200).json();
    let second = shows(&maren, photo(50, 50)).await.expect_status(200).json();
    assert_ne!(first["avatar"], second["avatar"]);
    let path = |me: &Value| me["avatar"].as_str().expect("a path").to_owned();
    app.get(&path(&first)).await.expect_status(404);
    fetched(&app, &path(&second)).await;
    let hidden = maren.delete("/avatar").await.expect_status(200).json();
    assert_eq!(hidden["avatar"], Value::Null);
    app.get(&path(&second)).await.expect_status(404);
    maren.delete("/avatar").await.expect_status(200);
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let mut broken = photo(40, 40);
    broken.truncate(200);
    for file in [Vec::new(), b"hello".to_vec(), svg, b"GIF89a<script>".to_vec(), broken] {
        shows(&maren, file).await.expect_error(422, "image_invalid");
    }
    assert_eq!(maren.get("/session").await.json()["avatar"], Value::Null);
}

#[tokio::test]
async fn huge_pictures_and_bombs_are_refused() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let many_bytes = vec![0; 8 * 1024 * 1024 + 1];
    shows(&maren, many_bytes).await.expect_error(422, "image_too_large");
    // A few bytes that say they are 60,000 pixels wide and high, and one that is too many pixels in all.
    for (width, height) in [(60_000_u16, 60_000_u16), (9_000, 9_000)] {
        shows(&maren, claiming(width, height)).await.expect_error(422, "image_too_large");
    }
}

#[tokio::test]
async fn odd_names_of_pictures_name_nothing() {
    let app = TestApp::start().await;
    for name in ["x", "..%2f..%2fetc", "%00", &"a".repeat(43)] {
        app.get(&format!("/images/{name}")).await.expect_status(404);
    }
}

async fn shows(operator: &Operator, file: Vec<u8>) -> Answer {
    Answer::to(operator.request(Method::PUT, "/avatar").body(file)).await
}

async fn fetched(app: &TestApp, path: &str) -> Vec<u8> {
    let response = app.request(Method::GET, path).send().await.expect("the server answers");
    assert_eq!(response.status(), 200);
    response.bytes().await.expect("a file").to_vec()
}

fn photo(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * y) as u8, (x * 7 + y * 13) as u8, (x ^ y) as u8])
    });
    written(&DynamicImage::from(picture), ImageFormat::Jpeg)
}

fn transparent() -> Vec<u8> {
    let picture = RgbaImage::from_pixel(40, 40, Rgba([9, 9, 9, 0]));
    written(&DynamicImage::from(picture), ImageFormat::Png)
}

fn claiming(width: u16, height: u16) -> Vec<u8> {
    let mut file = written(&DynamicImage::from(RgbImage::new(1, 1)), ImageFormat::Gif);
    file[6..8].copy_from_slice(&width.to_le_bytes());
    file[8..10].copy_from_slice(&height.to_le_bytes());
    file
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("encodes");
    file.into_inner()
}
