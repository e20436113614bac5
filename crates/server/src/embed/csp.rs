//! Content security policies of our own pages: nothing inline, nothing from elsewhere.

/// The same origin for sockets: a policy has to name it apart.
fn socket_origin(origin: &str) -> String {
    origin.replacen("http", "ws", 1)
}

/// Of the console and of the direct link page.
#[must_use]
pub fn own_page(origin: &str) -> String {
    let sockets = socket_origin(origin);
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         media-src 'self'; font-src 'self'; manifest-src 'self'; connect-src 'self' {sockets}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// Of a website that embeds the widget of the installation at `base`: what docs/embed.md asks for, and no more.
#[must_use]
pub fn host_page(base: &str) -> String {
    let sockets = socket_origin(base);
    format!(
        "default-src 'none'; style-src 'self'; script-src {base}; img-src 'self' {base}; \
         media-src {base}; connect-src {base} {sockets}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}
