//! Passwords: argon2 hashes, and the guard against guessing.

use std::collections::HashMap;
use std::sync::Mutex;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use super::{FieldFault, OfficeError};

/// The fewest characters of a password.
pub(super) const LEAST: usize = 10;
/// The most, so that hashing stays bounded.
const MOST: usize = 200;
/// Failures after which a login name is refused for a while.
const FAILURES: u32 = 5;
/// How long failures are remembered.
const MEMORY: TimeDelta = TimeDelta::minutes(15);
/// Login names remembered at most.
const NAMES: usize = 10_000;
/// No login name is longer, so a longer text need not be remembered.
const LOGIN_BYTES: usize = 32;
/// Hashes reckoned at once: each takes 19 MiB, and a flood of logins must not take them all.
static TURNS: Semaphore = Semaphore::const_new(4);

/// What one hash of a password costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordCost {
    /// argon2id with 19 MiB, twice: for people.
    #[default]
    Full,
    /// The least that argon2 takes: for tests and made-up data, never for people.
    Least,
}

impl PasswordCost {
    fn argon2(self) -> Argon2<'static> {
        let least = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default();
        match self {
            PasswordCost::Full => Argon2::default(),
            PasswordCost::Least => Argon2::new(Algorithm::Argon2id, Version::V0x13, least),
        }
    }
}

/// Checks a new password's form.
///
/// # Errors
/// Too short or too long, as a fault of `field`.
pub(super) fn check_form(field: &'static str, password: &str) -> Result<(), OfficeError> {
    let length = password.chars().count();
    if (LEAST..=MOST).contains(&length) {
        return Ok(());
    }
    let message = format!("密码应为 {LEAST} 至 {MOST} 个字符,现为 {length} 个");
    Err(OfficeError::Invalid(vec![FieldFault { field, message }]))
}

/// Hashes on a thread that may take its time.
///
/// # Errors
/// The hasher fails.
pub(super) async fn hash(password: &str, cost: PasswordCost) -> Result<String, OfficeError> {
    let password = password.to_owned();
    let _turn = TURNS.acquire().await;
    let hashed = tokio::task::spawn_blocking(move || {
        cost.argon2()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await;
    match hashed {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(OfficeError::Store(format!("hashing a password: {error}"))),
        Err(error) => Err(OfficeError::Store(format!("hashing a password: {error}"))),
    }
}

/// Whether `password` is the one behind `hash`. Without a hash the same work is done, so that an
/// unknown login name takes as long as a wrong password.
pub(super) async fn matches(password: &str, hash: Option<String>, cost: PasswordCost) -> bool {
    let password = password.to_owned();
    let _turn = TURNS.acquire().await;
    tokio::task::spawn_blocking(move || match hash {
        Some(hash) => PasswordHash::new(&hash).is_ok_and(|parsed| {
            Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok()
        }),
        None => {
            let _ = cost.argon2().hash_password(password.as_bytes());
            false
        }
    })
    .await
    .unwrap_or(false)
}

/// Makes room for one name.
fn forget_oldest(failures: &mut HashMap<String, (u32, DateTime<Utc>)>) {
    if failures.len() < NAMES {
        return;
    }
    let oldest = failures.iter().min_by_key(|(_, (_, last))| *last);
    if let Some(name) = oldest.map(|(name, _)| name.clone()) {
        failures.remove(&name);
    }
}

/// Remembers failed logins, in this process.
#[derive(Debug, Default)]
pub(super) struct Guard {
    failures: Mutex<HashMap<String, (u32, DateTime<Utc>)>>,
}

impl Guard {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<String, (u32, DateTime<Utc>)>) -> T) -> T {
        match self.failures.lock() {
            Ok(mut failures) => act(&mut failures),
            Err(poisoned) => act(&mut poisoned.into_inner()),
        }
    }

    /// Whether this name may try now. The try counts as failed until [`Guard::succeeded`], so that
    /// many at once cannot all slip in before the first has failed.
    pub(super) fn admits(&self, login: &str, now: DateTime<Utc>) -> bool {
        if login.len() > LOGIN_BYTES {
            return true;
        }
        self.with(|failures| {
            if failures.len() >= NAMES && !failures.contains_key(login) {
                failures.retain(|_, (_, last)| now - *last < MEMORY);
                forget_oldest(failures);
            }
            let known = failures.entry(login.to_owned()).or_insert((0, now));
            if now - known.1 >= MEMORY {
                known.0 = 0;
            }
            if known.0 >= FAILURES {
                return false;
            }
            *known = (known.0 + 1, now);
            true
        })
    }

    /// Forgets a name's failures.
    pub(super) fn succeeded(&self, login: &str) {
        self.with(|failures| failures.remove(login));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_shut_a_name_for_a_quarter_of_an_hour() {
        let guard = Guard::default();
        let at = |minute| DateTime::<Utc>::default() + TimeDelta::minutes(minute);
        for _ in 0..5 {
            assert!(guard.admits("wang", at(0)));
        }
        assert!(!guard.admits("wang", at(1)));
        assert!(!guard.admits("wang", at(14)));
        assert!(guard.admits("li", at(14)));
        assert!(
            guard.admits("wang", at(15)),
            "remembered from the last failure"
        );
    }

    #[test]
    fn a_success_forgets_the_failures_before_it() {
        let guard = Guard::default();
        let now = DateTime::<Utc>::default();
        for _ in 0..20 {
            assert!(guard.admits("wang", now));
            guard.succeeded("wang");
        }
    }

    #[test]
    fn a_flood_of_names_is_remembered_only_up_to_a_bound() {
        let guard = Guard::default();
        let now = DateTime::<Utc>::default();
        for number in 0..NAMES + 5 {
            assert!(guard.admits(&number.to_string(), now));
        }
        assert!(guard.admits(&"x".repeat(LOGIN_BYTES + 1), now));
        assert_eq!(guard.with(|failures| failures.len()), NAMES);
    }

    #[tokio::test]
    async fn a_hash_answers_to_its_password_only() {
        let made = hash("long enough", PasswordCost::Least)
            .await
            .expect("a hash");
        assert!(matches("long enough", Some(made.clone()), PasswordCost::Least).await);
        assert!(!matches("another one", Some(made), PasswordCost::Least).await);
        assert!(!matches("long enough", None, PasswordCost::Least).await);
    }
}
