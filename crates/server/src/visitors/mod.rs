//! Visitors: who the website says that they are (B14).
//!
//! What a page says is kept, but marked as unverified, since a visitor can run any script. What the website's server has
//! signed with the channel's secret is verified, and nothing unverified takes its place.

mod api;
mod signature;
mod store;
#[cfg(test)]
mod tests;

pub use api::{operator_routes, visitor_routes};
pub use store::{STATEMENTS, open_conversations};

use crate::app::App;
use crate::auth::{OperatorConversation, Visitor};
use crate::channels::settings::signing_secret;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_domain::ChannelId;
use frontdesk_domain::visitor::{
    ATTRIBUTE_MAX_CHARS, ATTRIBUTES_MAX, KNOWN_ATTRIBUTES, is_attribute_key,
};
use serde::{Deserialize, Serialize};
use signature::Claims;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a website says of a visitor.
#[derive(Clone, Deserialize, ToSchema)]
pub struct IdentityRequest {
    /// The channel with whose secret it is signed.
    channel_id: ChannelId,
    /// The website's own id of the visitor.
    user_id: Option<String>,
    /// HMAC-SHA256 of the user id, in hexadecimal. With it the id is verified, and nothing else.
    signature: Option<String>,
    /// A JWT (HS256) with `sub`, `exp` at most an hour ahead, and optionally `name`, `email` and `attributes`: all verified.
    token: Option<String>,
    /// Name.
    name: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Anything else: at most 20, keys of letters, digits, `_`, `.` and `-`, values of at most 200 characters.
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

/// One thing that is known of a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitorAttribute {
    /// `user_id`, `name`, `email`, or what the website calls it.
    pub key: String,
    /// What it is.
    pub value: String,
    /// Signed by the website's server.
    pub verified: bool,
}

/// Keeps what a website says of a visitor.
pub async fn identify(
    app: &App,
    visitor: &Visitor,
    request: IdentityRequest,
) -> Result<Vec<VisitorAttribute>, Problem> {
    let said = attributes(app, request).await?;
    let id = visitor.id;
    let (kept, changed) = app
        .db
        .write(move |tx| {
            store::forget_others(tx, id, &said)?;
            let mut changed = 0;
            for attribute in &said {
                changed += store::keep(tx, id, attribute)?;
            }
            store::name_visitor(tx, id)?;
            let kept = store::of_visitor(tx, id)?;
            // Said again and again with other keys, they would never end.
            if kept.len() > 2 * ATTRIBUTES_MAX {
                return Err(FieldProblem::TooMany("attributes").into());
            }
            let open = if changed > 0 { store::open_conversations(tx, id)? } else { Vec::new() };
            Ok::<_, Problem>((kept, open))
        })
        .await?;
    for conversation in changed {
        app.live.changed(Changed::Conversation, conversation.0);
    }
    Ok(kept)
}

/// What is known of a conversation's visitor.
pub async fn attributes_of(
    app: &App,
    conversation: OperatorConversation,
) -> Result<Vec<VisitorAttribute>, Problem> {
    Ok(app.db.read(move |tx| store::of_conversation(tx, conversation.id)).await?)
}

async fn attributes(app: &App, request: IdentityRequest) -> Result<Vec<VisitorAttribute>, Problem> {
    let claims = verified(app, &request).await?;
    let mut said = listed(request.into_claims(), false)?;
    let verified = listed(claims, true)?;
    said.retain(|it| !verified.iter().any(|other| other.key == it.key));
    said.extend(verified);
    Ok(said)
}

/// What is signed, which is nothing where no signature came.
async fn verified(app: &App, request: &IdentityRequest) -> Result<Claims, Problem> {
    let (token, signature) = (request.token.as_deref(), request.signature.as_deref());
    if token.is_none() && signature.is_none() {
        return Ok(Claims::default());
    }
    let secret = signing_secret(app, request.channel_id).await?;
    let secret = secret.ok_or(FieldProblem::SignatureInvalid)?;
    let claims = match (token, signature, &request.user_id) {
        (Some(token), ..) => signature::claims(&secret, token, app.clock.now()),
        (None, Some(signature), Some(user_id)) => signature::signs(&secret, user_id, signature)
            .then(|| Claims { user_id: Some(user_id.clone()), ..Claims::default() }),
        _ => None,
    };
    claims.ok_or_else(|| FieldProblem::SignatureInvalid.into())
}

impl IdentityRequest {
    fn into_claims(self) -> Claims {
        let (user_id, name, email) = (self.user_id, self.name, self.email);
        Claims { user_id, name, email, attributes: self.attributes }
    }
}

fn listed(claims: Claims, verified: bool) -> Result<Vec<VisitorAttribute>, Problem> {
    if claims.attributes.len() > ATTRIBUTES_MAX {
        return Err(FieldProblem::TooMany("attributes").into());
    }
    if claims.attributes.keys().any(|key| KNOWN_ATTRIBUTES.contains(&key.as_str())) {
        return Err(FieldProblem::AttributeInvalid.into());
    }
    let known = KNOWN_ATTRIBUTES.into_iter().zip([claims.user_id, claims.name, claims.email]);
    let known = known.filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let mut listed = Vec::new();
    for (key, value) in known.chain(claims.attributes) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let sound = is_attribute_key(&key)
            && value.chars().count() <= ATTRIBUTE_MAX_CHARS
            && !value.chars().any(char::is_control);
        if !sound {
            return Err(FieldProblem::AttributeInvalid.into());
        }
        listed.push(VisitorAttribute { key, value, verified });
    }
    Ok(listed)
}
