//! Looking at Rust text without parsing it.

/// The text with comments blanked out, so that byte positions stay true.
pub fn without_comments(text: &str) -> String {
    text.split_inclusive('\n').map(blank_comment).collect()
}

fn blank_comment(line: &str) -> String {
    match comment_start(line) {
        Some(start) => format!("{}{}", &line[..start], blanked(&line[start..])),
        None => line.to_owned(),
    }
}

/// A comment starts at `//` that is not part of an address such as `https://`.
fn comment_start(line: &str) -> Option<usize> {
    line.match_indices("//").map(|(at, _)| at).find(|&at| !line[..at].ends_with(':'))
}

fn blanked(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// Whether this file holds tests alone.
pub fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/test-support/")
}

#[test]
fn comments_are_blanked_in_place() {
    let text = "let a = \"https://x\"; // é\nlet b;\n";
    let blanked = without_comments(text);
    assert_eq!(blanked.len(), text.len());
    assert!(blanked.starts_with("let a = \"https://x\";    "));
}
