//! What the demonstration site promises: it shows the channel that was chosen, or none.

use frontdesk_test_support::{TestApp, json};

#[tokio::test]
async fn an_administrator_chooses_what_the_site_shows() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    assert!(embeds(&app, app.channel().await).await);
    let fleet = ada.post("/channels", &json!({"name": "Fleet"})).await.expect_status(201).json();
    let fleet = fleet["channel"]["id"].as_i64().expect("an id");
    let choose =
        async |channel| ada.put("/demonstration-site", &json!({"channel_id": channel})).await;
    choose(Some(fleet)).await.expect_status(200);
    assert!(embeds(&app, fleet).await);
    choose(Some(4711)).await.expect_error(404, "channel_not_found");
    choose(None).await.expect_status(200);
    assert!(!embeds(&app, fleet).await);

    choose(Some(fleet)).await.expect_status(200);
    ada.delete(&format!("/channels/{fleet}")).await.expect_status(204);
    assert!(embeds(&app, app.channel().await).await);
    let maren = app.operator("Maren").await;
    let refused = maren.put("/demonstration-site", &json!({"channel_id": null})).await;
    refused.expect_error(403, "not_allowed");
}

async fn embeds(app: &TestApp, channel: i64) -> bool {
    app.get("/demo/").await.expect_status(200).text.contains(&format!("/embed/{channel}.js"))
}
