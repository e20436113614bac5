use super::*;

fn seen(seq: i64, side: Side, number: u32) -> Seen {
    Seen { seq, side, number }
}

/// Two messages of the visitor and one of the operator; operators count one event more.
fn sound() -> Conversation {
    let log = |ahead: i64| {
        vec![
            seen(2 + ahead, Side::Visitor, 0),
            seen(3 + ahead, Side::Operator, 0),
            seen(4 + ahead, Side::Visitor, 1),
        ]
    };
    Conversation {
        visitors_acknowledged: vec![seen(2, Side::Visitor, 0), seen(4, Side::Visitor, 1)],
        operators_acknowledged: vec![seen(4, Side::Operator, 0)],
        visitors_log: log(0),
        operators_log: log(1),
        stored_for_visitor: log(0),
        stored_for_operators: log(1),
    }
}

fn found(conversation: &Conversation) -> Vec<(&'static str, Wrong, u32)> {
    conversation.violations().iter().map(|it| (it.place, it.wrong, it.message.number)).collect()
}

#[test]
fn a_sound_conversation_has_no_violations() {
    assert_eq!(found(&sound()), []);
    let mut checked = Checked::default();
    checked.add("1", &sound());
    assert!(checked.holds());
    assert_eq!((checked.messages, checked.acknowledged), (3, 3));
}

#[test]
fn an_acknowledged_message_that_is_not_stored_is_missing() {
    let mut conversation = sound();
    conversation.stored_for_visitor.pop();
    conversation.stored_for_operators.pop();
    conversation.visitors_log.pop();
    conversation.operators_log.pop();
    assert_eq!(found(&conversation), [("database", Wrong::Missing, 1)]);
}

#[test]
fn an_acknowledgement_names_the_stored_number() {
    let mut conversation = sound();
    conversation.operators_acknowledged[0].seq = 9;
    assert_eq!(found(&conversation), [("database", Wrong::Missing, 0)]);
}

#[test]
fn a_message_that_was_never_acknowledged_may_be_stored() {
    let mut conversation = sound();
    conversation.visitors_acknowledged.pop();
    assert_eq!(found(&conversation), []);
}

#[test]
fn each_side_sees_all_that_is_stored() {
    let mut conversation = sound();
    conversation.visitors_log.remove(1);
    conversation.operators_log.remove(2);
    assert_eq!(
        found(&conversation),
        [("visitor", Wrong::Missing, 0), ("operator", Wrong::Missing, 1)]
    );
}

#[test]
fn a_message_comes_only_once() {
    let mut conversation = sound();
    conversation.visitors_log.push(seen(4, Side::Visitor, 1));
    assert_eq!(found(&conversation), [("visitor", Wrong::Doubled, 1)]);
}

#[test]
fn a_message_stored_twice_is_doubled_everywhere() {
    let mut conversation = sound();
    for log in [&mut conversation.visitors_log, &mut conversation.stored_for_visitor] {
        log.push(seen(5, Side::Visitor, 1));
    }
    for log in [&mut conversation.operators_log, &mut conversation.stored_for_operators] {
        log.push(seen(6, Side::Visitor, 1));
    }
    let places: Vec<_> = found(&conversation);
    assert_eq!(
        places,
        [
            ("database", Wrong::Doubled, 1),
            ("visitor", Wrong::Doubled, 1),
            ("operator", Wrong::Doubled, 1)
        ]
    );
}

#[test]
fn messages_come_in_order() {
    let mut conversation = sound();
    conversation.operators_log.swap(0, 1);
    assert_eq!(found(&conversation), [("operator", Wrong::OutOfOrder, 0)]);
}

#[test]
fn messages_are_stored_in_the_order_in_which_they_were_sent() {
    let mut conversation = sound();
    let numbers = [
        &mut conversation.visitors_acknowledged,
        &mut conversation.visitors_log,
        &mut conversation.operators_log,
        &mut conversation.stored_for_visitor,
        &mut conversation.stored_for_operators,
    ];
    for log in numbers {
        let visitors = log.iter_mut().filter(|it| it.side == Side::Visitor);
        visitors.for_each(|it| it.number = 1 - it.number);
    }
    let wrong = found(&conversation);
    assert!(wrong.contains(&("database", Wrong::OutOfOrder, 0)));
}

#[test]
fn what_nobody_stored_is_unexpected() {
    let mut conversation = sound();
    conversation.visitors_log.push(seen(5, Side::Operator, 7));
    assert_eq!(found(&conversation), [("visitor", Wrong::Unexpected, 7)]);
}

#[test]
fn only_the_first_violations_are_told() {
    let mut checked = Checked::default();
    for number in 0..50 {
        checked.violation(number.to_string());
    }
    assert_eq!((checked.violations, checked.told.len()), (50, TOLD));
    assert!(!checked.holds());
}
