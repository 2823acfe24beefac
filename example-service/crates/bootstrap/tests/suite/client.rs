//! Somebody who uses the shop over HTTP.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::process::Server;
use crate::transcript::Transcript;

/// How long a service may take to get ready, or to find again what was away, on a machine that does
/// much else.
const PATIENCE: Duration = Duration::from_mins(1);
/// The password of everyone but the first super admin.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The first super admin, as the profile `local` has it.
pub(crate) const SUPERUSER: (&str, &str) = ("superuser", "only for local use");

/// The shop, as it is reached by its users.
#[derive(Clone)]
pub(crate) struct Shop {
    http: reqwest::Client,
    address: String,
    transcript: Transcript,
    secrets: Arc<Mutex<Vec<String>>>,
}

/// Somebody who uses the shop.
#[derive(Clone)]
pub(crate) struct Client {
    shop: Shop,
    name: String,
    token: String,
}

impl Shop {
    pub(crate) fn at(server: &Server) -> Self {
        Self {
            http: reqwest::Client::new(),
            address: format!("http://{}", server.address()),
            transcript: Transcript::default(),
            secrets: Arc::default(),
        }
    }

    pub(crate) fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// Every password and token that was sent or answered.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn keep_secret(&self, secret: &str) {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if !secret.is_empty() && !secrets.iter().any(|known| known == secret) {
            secrets.push(secret.to_owned());
        }
    }

    /// Waits until the service is ready. What it needs counts as silent when it takes a second to
    /// answer, so that it is asked again, as by whoever watches over it.
    pub(crate) async fn until_ready(&self) {
        self.guest().get_until("/readyz", 200).await;
    }

    /// Somebody who has not logged in.
    pub(crate) fn guest(&self) -> Client {
        Client { shop: self.clone(), name: "guest".to_owned(), token: String::new() }
    }

    /// Signs somebody up, and logs them in.
    pub(crate) async fn user(&self, name: &str) -> Client {
        let email = format!("{name}@example.com");
        let body = json!({ "username": name, "email": email, "password": PASSWORD });
        self.guest().post("/api/v1/account/signup", body).await.expect(201);
        self.log_in(name, PASSWORD).await
    }

    /// Logs somebody in.
    pub(crate) async fn log_in(&self, name: &str, password: &str) -> Client {
        let body = json!({ "login": name, "password": password });
        let answer = self.guest().post("/api/v1/account/login", body).await;
        Client {
            name: name.to_owned(),
            token: answer.expect(200).text("access_token"),
            ..self.guest()
        }
    }

    /// Logs the first super admin in.
    pub(crate) async fn superuser(&self) -> Client {
        self.log_in(SUPERUSER.0, SUPERUSER.1).await
    }
}

impl Client {
    /// The same one with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path).send(Value::Null).await
    }

    /// Gets it again until the answer has this status, for as long as a service may take.
    pub(crate) async fn get_until(&self, path: &str, status: u16) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(path).await;
            if answer.status == status || begun.elapsed() > PATIENCE {
                return answer.expect(status);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path).send(Value::Null).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path).send(body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path).send(body).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path).send(body).await
    }

    /// The answer, unless the server does not give one. It is not noted.
    pub(crate) async fn try_post(&self, path: &str, body: &Value) -> reqwest::Result<Answer> {
        let call = self.call(Method::POST, path);
        Answer::of(call.line, call.builder.json(body)).await
    }

    /// A request that is being written.
    pub(crate) fn call(&self, method: Method, path: &str) -> Call {
        let line = format!("{method} {path}");
        let mut builder = self.shop.http.request(method, format!("{}{path}", self.shop.address));
        if !self.token.is_empty() {
            builder = builder.bearer_auth(&self.token);
        }
        Call { client: self.clone(), line, builder }
    }
}

/// A request that is being written.
pub(crate) struct Call {
    client: Client,
    line: String,
    builder: RequestBuilder,
}

impl Call {
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self { builder: self.builder.header(name, value), ..self }
    }

    /// Sends it with a body of JSON, unless that is null.
    pub(crate) async fn send(self, body: Value) -> Answer {
        if body.is_null() {
            return self.finish(&Value::Null, |builder| builder).await;
        }
        self.finish(&body.clone(), move |builder| builder.json(&body)).await
    }

    /// Sends it with a form.
    pub(crate) async fn form(self, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        self.finish(&Value::Object(body), |builder| builder.form(fields)).await
    }

    async fn finish(
        self,
        body: &Value,
        write: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Answer {
        let Self { client, line, builder } = self;
        let answer = Answer::of(line, write(builder)).await;
        let answer = answer.unwrap_or_else(|error| panic!("{error:?}"));
        let shop = &client.shop;
        for value in [body, &serde_json::from_str(&answer.text).unwrap_or_default()] {
            for name in [
                "password",
                "new_password",
                "current_password",
                "access_token",
                "refresh_token",
                "token",
            ] {
                shop.keep_secret(value[name].as_str().unwrap_or_default());
            }
        }
        let sent = if body.is_null() { String::new() } else { body.to_string() };
        shop.transcript.note(&client.name, &answer.request, &sent, answer.status, &answer.text);
        answer
    }
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    async fn of(request: String, builder: RequestBuilder) -> reqwest::Result<Self> {
        let sent = builder.send().await?;
        let (status, headers) = (sent.status().as_u16(), sent.headers().clone());
        Ok(Self { request, status, headers, text: sent.text().await? })
    }

    /// Asserts the status.
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.request, self.text);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("{}: no JSON: {}", self.request, self.text))
    }

    /// A text in the body.
    pub(crate) fn text(&self, name: &str) -> String {
        let value = self.json()[name].as_str().map(str::to_owned);
        value.unwrap_or_else(|| panic!("{}: no `{name}`: {}", self.request, self.text))
    }

    /// The id in the body.
    pub(crate) fn id(&self) -> String {
        self.text("id")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("it is text"))
    }

    /// The cookie that is set, without its attributes.
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// Asserts that this is a problem, and gives the last part of its type.
    pub(crate) fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}: {}", self.request, self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let kind = self.text("type");
        kind.strip_prefix("urn:marketplace:problem:").expect("it is of ours").to_owned()
    }
}
