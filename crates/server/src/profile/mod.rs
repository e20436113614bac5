//! The profile: what an operator says of oneself (D4, D15): names, languages, expertise, alerts, avatar, password.

mod api;
mod avatar;
mod password;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use password::set_password;
pub use store::STATEMENTS;

use crate::app::App;
use crate::operators::{self, Alerts, Me, supported_language};
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use crate::{expertise, languages};
use frontdesk_db::Tx;
use frontdesk_domain::country::Country;
use frontdesk_domain::{ExpertiseId, OperatorId, text};
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What an operator says of oneself. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct ProfileRequest {
    /// For the team.
    pub name: String,
    /// For visitors; empty: the name.
    pub chat_name: String,
    /// Language of the console; the operator answers in it, too.
    pub language: String,
    /// Further languages that the operator answers in, among those enabled.
    pub chat_languages: Option<Vec<String>>,
    /// What the operator knows.
    pub expertise: Option<Vec<ExpertiseId>>,
    /// As in the IANA database; empty: the browser's.
    pub time_zone: Option<String>,
    /// Where the operator is, as a two-letter code: visitors from there come first. Empty: not told.
    pub country: Option<String>,
    /// What calls the operator to a new message.
    pub alerts: Option<Alerts>,
}

/// A request whose texts were checked.
struct Profile {
    name: String,
    chat_name: String,
    language: String,
    chat_languages: Option<BTreeSet<String>>,
    expertise: Option<Vec<ExpertiseId>>,
    time_zone: Option<String>,
    country: Option<String>,
    alerts: Option<Alerts>,
}

/// Changes what an operator says of oneself.
pub async fn update(
    app: &App,
    operator: OperatorId,
    request: ProfileRequest,
) -> Result<Me, Problem> {
    let profile = Profile::checked(request)?;
    app.db.write(move |tx| profile.write(tx, operator)).await?;
    app.live.changed(Changed::Operator, operator.0);
    operators::me(app, operator).await
}

impl Profile {
    fn checked(request: ProfileRequest) -> Result<Self, FieldProblem> {
        let name = text::name(&request.name).map_err(|_| FieldProblem::NameInvalid("name"))?;
        let chat_name = match request.chat_name.trim() {
            "" => name.clone(),
            typed => text::name(typed).map_err(|_| FieldProblem::NameInvalid("chat_name"))?,
        };
        let chat_languages = request.chat_languages.as_deref();
        let known = |zone: &String| zone.is_empty() || TimeZone::get(zone).is_ok();
        if !request.time_zone.as_ref().is_none_or(known) {
            return Err(FieldProblem::TimeZoneInvalid("time_zone"));
        }
        Ok(Self {
            name,
            chat_name,
            language: supported_language(&request.language),
            chat_languages: chat_languages
                .map(|tags| languages::distinct(tags, "chat_languages"))
                .transpose()?,
            expertise: request.expertise,
            time_zone: request.time_zone,
            country: request.country.as_deref().map(country).transpose()?,
            alerts: request.alerts,
        })
    }

    fn write(&self, tx: &mut Tx<'_>, operator: OperatorId) -> Result<(), Problem> {
        store::rename(tx, operator, &self.name, &self.chat_name)?;
        store::prefer(tx, operator, (&self.language, self.time_zone.as_deref(), self.alerts))?;
        store::be_in(tx, operator, self.country.as_deref())?;
        if let Some(languages) = &self.chat_languages {
            languages::speak(tx, operator, languages)?;
        }
        if let Some(expertise) = &self.expertise {
            expertise::know(tx, operator, expertise)?;
        }
        Ok(())
    }
}

fn country(code: &str) -> Result<String, FieldProblem> {
    match (code, Country::parse(code)) {
        ("", _) => Ok(String::new()),
        (_, Some(country)) => Ok(country.as_str().to_owned()),
        (_, None) => Err(FieldProblem::CountryUnknown("country")),
    }
}
