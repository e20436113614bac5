use super::properties::scripts;
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn leasing() -> BTreeMap<ExpertiseId, String> {
    BTreeMap::from([(ExpertiseId(7), "Leasing".to_owned())])
}

const WRITTEN: &str = r##"# A chatbot of Frontdesk. In `only_if`, 2.1 is the first answer of the second step.
format = 1
name = "Bikes"

[[step]]
type = "text"
message = """
Welcome!
How are you?"""

[[step]]
type = "question"
message = "What are you looking for?"

[[step.answer]]
text = "Prices"

[[step.answer]]
text = "Help"
link = "#help"

[[step]]
type = "forward"
only_if = ["2.1: Prices"]
expertises = ["Leasing"]

[[step]]
type = "text"
message = "Nobody is free."
"##;

fn bikes() -> Script {
    let welcome = Step { message: "Welcome!\nHow are you?".to_owned(), ..text() };
    let what = Step {
        message: "What are you looking for?".to_owned(),
        ..question(&["Prices", "Help=#help"])
    };
    let alone = Step { message: "Nobody is free.".to_owned(), ..text() };
    script(vec![welcome, what, forward().only_if(&[201]), alone])
}

#[test]
fn a_file_can_be_read_by_people() {
    assert_eq!(export("Bikes", &bikes(), &leasing()), WRITTEN);
}

#[test]
fn a_file_is_read_again_with_ids_of_its_own() {
    let read = import(WRITTEN, &leasing()).unwrap();
    assert_eq!((read.name.as_str(), read.script), ("Bikes", bikes().renumbered()));
    assert!(read.unknown_expertises.is_empty());
}

#[test]
fn files_of_any_editor_are_read() {
    let text = format!("\u{feff}{}", WRITTEN.replace('\n', "\r\n"));
    assert_eq!(import(&text, &leasing()).unwrap().script, bikes().renumbered());
}

#[test]
fn expertises_are_found_by_name_or_told() {
    let text = WRITTEN.replace(r#"["Leasing"]"#, r#"["LEASING", "Repairs", "Repairs"]"#);
    let read = import(&text, &leasing()).unwrap();
    assert_eq!(read.script.steps[2].expertises, [ExpertiseId(7)]);
    assert_eq!(read.unknown_expertises, ["Repairs"]);
}

#[test]
fn errors_tell_their_line() {
    for (old, new, line, told) in [
        ("format = 1", "format = 2", 2, "format 2 is not known, only 1"),
        ("name = \"Bikes\"", "name = ", 3, ""),
        ("name =", "nom =", 3, ""),
        ("type = \"forward\"", "type = \"jump\"", 23, "`jump` is no type of step"),
        ("2.1: Prices", "2.3", 24, "`2.3` is no answer of this file, such as \"2.1: Yes\""),
        ("2.1: Prices", "2.2: Prices", 24, ""),
        ("2.1: Prices", "0.1", 24, ""),
        ("2.1: Prices", "4.1", 24, ""),
        ("link = \"#help\"", "link = \"javascript:x\"", 20, ""),
        ("text = \"Help\"", "text = \" \"", 19, "an answer needs a text"),
        ("\"Nobody is free.\"", "\"\"", 29, "this step needs a message"),
        ("message = \"Nobody is free.\"", "", 28, "this step needs a message"),
        ("type = \"text\"\nmessage = \"N", "type = \"question\"\nmessage = \"N", 28, ""),
    ] {
        let error = import(&WRITTEN.replacen(old, new, 1), &leasing()).unwrap_err();
        assert_eq!(error.line, line, "{new}: {error}");
        assert!(error.to_string().ends_with(told), "{error}");
    }
}

#[test]
fn what_is_no_script_is_refused_at_its_first_line() {
    assert_eq!(import("", &leasing()).unwrap_err().line, 1);
    assert_eq!(import("{\"steps\": []}", &leasing()).unwrap_err().line, 1);
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(script in scripts(), words in "\\PC*(\n\\PC*)?") {
        let mut script = script;
        for step in &mut script.steps {
            step.message = format!("{words}.");
            step.answers.iter_mut().for_each(|it| it.text.push_str(&words.replace('\n', " ")));
        }
        prop_assume!(script.problems().is_empty());
        let read = import(&export(&words, &script, &leasing()), &leasing());
        prop_assert_eq!(read.map(|it| (it.name, it.script)), Ok((words, script.renumbered())));
    }

    #[test]
    fn no_text_makes_the_reader_fall(text: String, at in 0..WRITTEN.len()) {
        let _ = import(&text, &leasing());
        let _ = import(&format!("{}{text}{}", &WRITTEN[..at], &WRITTEN[at..]), &leasing());
    }
}
