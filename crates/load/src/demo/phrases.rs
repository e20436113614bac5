//! What visitors and operators say, in several languages.

/// A language, and what is said in it.
#[derive(Clone, Copy)]
pub struct Phrases {
    /// The browser's language.
    pub language: &'static str,
    /// A time zone where it is spoken.
    pub time_zone: &'static str,
    /// What visitors say.
    pub questions: &'static [&'static str],
    /// What operators say.
    pub answers: &'static [&'static str],
}

/// Names of operators.
pub const OPERATORS: &[&str] =
    &["Maren", "Liv", "Ada", "Noor", "Tomás", "Yuki", "Samir", "Greta", "Ines", "Jonas"];

/// Pages of a shop: path and title.
pub const PAGES: &[(&str, &str)] = &[
    ("/", "Home"),
    ("/products/blue-lamp", "Blue lamp"),
    ("/products/oak-table", "Oak table"),
    ("/cart", "Your cart"),
    ("/delivery", "Delivery and returns"),
    ("/contact", "Contact"),
];

/// The languages.
pub const LANGUAGES: &[Phrases] = &[
    Phrases {
        language: "en",
        time_zone: "Europe/London",
        questions: &[
            "Hello, is the blue lamp in stock?",
            "How long does delivery to Edinburgh take?",
            "I ordered on Monday and have heard nothing since. My order is 48213.",
            "Can I return a table that has been assembled already?",
            "Do you take payment by invoice?",
            "Thank you, that helps a lot!",
            "The voucher is not accepted at the checkout.",
            "And what does it cost with assembly?",
        ],
        answers: &[
            "Good morning! Let me have a look.",
            "Yes, there are twelve left, and they are sent on the same day.",
            "Two to three working days. You get a link to follow the parcel.",
            "I am sorry about that. I have asked the warehouse and will write as soon as I know more.",
            "You can return it within 30 days, assembled or not.",
            "Is there anything else that I can do for you?",
        ],
    },
    Phrases {
        language: "es",
        time_zone: "Europe/Madrid",
        questions: &[
            "Hola, ¿tienen la lámpara azul en otros colores?",
            "¿Cuánto cuesta el envío a Canarias?",
            "Mi pedido llegó dañado, ¿qué hago?",
            "¿Puedo cambiar la dirección de entrega?",
            "Muchas gracias por la ayuda.",
        ],
        answers: &[
            "¡Buenos días! Ahora mismo lo miro.",
            "Sí, también en verde y en gris.",
            "Lo siento mucho. ¿Puede enviarnos una foto?",
            "Ya está cambiada. ¿Necesita algo más?",
        ],
    },
    Phrases {
        language: "de",
        time_zone: "Europe/Berlin",
        questions: &[
            "Guten Tag, passt der Tisch durch eine 80 cm breite Tür?",
            "Wann wird meine Bestellung geliefert?",
            "Kann ich auch auf Rechnung kaufen?",
            "Super, vielen Dank für die schnelle Antwort!",
        ],
        answers: &[
            "Guten Tag! Die Platte misst 75 cm, das passt.",
            "Ihr Paket ist unterwegs und kommt voraussichtlich morgen.",
            "Ja, ab der zweiten Bestellung.",
        ],
    },
    Phrases {
        language: "fr",
        time_zone: "Europe/Paris",
        questions: &[
            "Bonjour, livrez-vous en Belgique ?",
            "Je n'ai pas reçu la confirmation de ma commande.",
            "Est-ce que la garantie couvre l'ampoule ?",
            "Merci beaucoup, bonne journée !",
        ],
        answers: &[
            "Bonjour ! Oui, en trois jours ouvrables.",
            "Je viens de vous la renvoyer.",
            "La garantie couvre tout pendant deux ans.",
        ],
    },
    Phrases {
        language: "ar",
        time_zone: "Asia/Dubai",
        questions: &["مرحبا، هل المصباح متوفر؟", "كم يستغرق التوصيل إلى دبي؟", "شكرا جزيلا"],
        answers: &["أهلا بك، نعم هو متوفر.", "من ثلاثة إلى خمسة أيام عمل.", "هل هناك شيء آخر؟"],
    },
    Phrases {
        language: "zh",
        time_zone: "Asia/Shanghai",
        questions: &["你好,这款台灯有货吗?", "可以开发票吗?", "谢谢!"],
        answers: &["您好,有货的。", "可以,发票会随包裹寄出。", "还有什么可以帮您?"],
    },
];
