//! A marketplace for one test.

use std::sync::Arc;

use application::accounts::commands::{LogIn, LogInInteractor};
use application::accounts::common::{AccessTokens, TokenPair};
use application::authorization::Actor;
use application::common::{Stamps, UseCase};
use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, Job, OutboxStore, SessionReadStore,
};
use domain::accounts::{Role, SessionId, User, UserId};
use domain::catalog::{Product, ProductId};
use domain::shared::SecretText;
use persistence_memory::MemoryStore;
use testkit::builders::{START, SessionBuilder, UserBuilder};
use testkit::fakes::{
    FakeAccessTokens, FakePasswordHasher, FixedClock, MapCache, NumberedTokens, PlainMailRenderer,
    RecordingMailer, SequentialIds,
};
use time::Duration;

/// The password of everyone.
pub(crate) const PASSWORD: &str = "correct horse";

pub(crate) struct World {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) stamps: Stamps,
    pub(crate) hasher: Arc<FakePasswordHasher>,
    pub(crate) opaque_tokens: Arc<NumberedTokens>,
    pub(crate) signed: Arc<FakeAccessTokens>,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) mailer: Arc<RecordingMailer>,
    pub(crate) renderer: Arc<PlainMailRenderer>,
    pub(crate) cache: Arc<MapCache>,
}

pub(crate) fn secret(text: &str) -> SecretText {
    SecretText::new(text)
}

impl World {
    pub(crate) fn new() -> Self {
        let clock = Arc::new(FixedClock::new());
        let signed = Arc::new(FakeAccessTokens::default());
        let lifetime = SessionBuilder::POLICY.access_lifetime;
        Self {
            store: Arc::new(MemoryStore::new()),
            stamps: Stamps::new(clock.clone(), Arc::new(SequentialIds::new())),
            clock,
            hasher: Arc::new(FakePasswordHasher::default()),
            opaque_tokens: Arc::new(NumberedTokens::default()),
            access_tokens: AccessTokens::new(signed.clone(), lifetime),
            signed,
            mailer: Arc::new(RecordingMailer::default()),
            renderer: Arc::new(PlainMailRenderer),
            cache: Arc::new(MapCache::default()),
        }
    }

    /// A user with the password of everyone, who has logged in.
    pub(crate) async fn user(&self, username: &str, role: Role) -> Actor {
        let email = format!("{username}@example.com");
        let hash = FakePasswordHasher::hash_of(PASSWORD);
        let user = UserBuilder::new().username(username).email(&email).role(role);
        let user = user.password_hash(&hash).build();
        let session = SessionBuilder::new(user.id()).build();
        let mut work = AccountsUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        work.users().add(&user).await.expect("a user can be added");
        work.sessions().add(&session).await.expect("a session can be added");
        work.commit().await.expect("a user can be kept");
        Actor { user: user.id(), session: session.id(), role }
    }

    pub(crate) async fn product(&self, product: &Product) -> ProductId {
        let mut work = CatalogUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        work.products().add(product).await.expect("a product can be added");
        work.commit().await.expect("a product can be kept");
        product.id()
    }

    pub(crate) async fn load_user(&self, id: UserId) -> Option<User> {
        let mut work = AccountsUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        work.users().find(id).await.expect("users can be read")
    }

    pub(crate) async fn load_product(&self, id: ProductId) -> Product {
        let mut work = CatalogUnitOfWorkFactory::begin(&*self.store).await.expect("it begins");
        let found = work.products().find(id).await.expect("products can be read");
        found.expect("the product is there")
    }

    pub(crate) async fn is_active(&self, session: SessionId) -> bool {
        let now = self.stamps.now();
        self.store.find_active(session, now).await.expect("sessions can be read").is_some()
    }

    pub(crate) fn log_in(&self) -> LogInInteractor {
        LogInInteractor::new(
            self.store.clone(),
            self.store.clone(),
            self.hasher.clone(),
            self.opaque_tokens.clone(),
            self.access_tokens.clone(),
            SessionBuilder::POLICY,
            self.stamps.clone(),
        )
    }

    pub(crate) async fn logged_in(&self, login: &str) -> TokenPair {
        let asked = LogIn { login: login.to_owned(), password: secret(PASSWORD) };
        self.log_in().execute(asked).await.expect("the user can log in")
    }

    pub(crate) fn jobs(&self) -> Vec<Job> {
        self.store.take_jobs().into_iter().map(|(_, job)| job).collect()
    }

    /// The names of the events that nobody was told yet, in the order of their times and ids.
    pub(crate) async fn events(&self) -> Vec<String> {
        // A lease that is over at once lets others claim them again.
        let claimed = self.store.claim(100, self.stamps.now(), START - Duration::DAY).await;
        let claimed = claimed.expect("messages can be claimed");
        claimed.into_iter().map(|message| message.name).collect()
    }
}
