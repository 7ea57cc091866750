use super::super::testing::{PASSWORD, World, at};
use super::*;
use crate::store::BureauId;

fn person(login: &str, role: Role) -> NewPerson {
    NewPerson {
        login: login.to_owned(),
        name: "王工".to_owned(),
        role,
        password: PASSWORD.to_owned(),
        lead: false,
    }
}

fn fields<T: std::fmt::Debug>(refused: Result<T, OfficeError>) -> Vec<&'static str> {
    match refused {
        Err(OfficeError::Invalid(faults)) => faults.iter().map(|fault| fault.field).collect(),
        other => panic!("expected faults, got {other:?}"),
    }
}

#[tokio::test]
async fn every_wrong_field_of_a_new_person_is_named() {
    let world = World::new().await;
    let mut wrong = person(
        "王",
        Role::Officer {
            bureau: BureauId(999),
        },
    );
    wrong.name = " ".to_owned();
    wrong.password = "short".to_owned();
    let refused = world
        .office
        .add_person(&world.administrator, wrong, at(9, 1))
        .await;
    assert_eq!(fields(refused), ["login", "name", "bureau", "password"]);
    let taken = person("Company", Role::Company);
    let refused = world
        .office
        .add_person(&world.administrator, taken, at(9, 1))
        .await;
    assert_eq!(fields(refused), ["login"]);
}

#[tokio::test]
async fn only_the_administrator_keeps_people() {
    let world = World::new().await;
    let (office, company) = (&world.office, &world.company);
    let added = office
        .add_person(company, person("wang", Role::Company), at(9, 1))
        .await;
    assert!(matches!(added, Err(OfficeError::Forbidden(_))));
    let listed = office.people(company).await;
    assert!(matches!(listed, Err(OfficeError::Forbidden(_))));
    let active = office.set_active(company, company.id, true, at(9, 1)).await;
    assert!(matches!(active, Err(OfficeError::Forbidden(_))));
    let reset = office
        .reset_password(company, company.id, PASSWORD, at(9, 1))
        .await;
    assert!(matches!(reset, Err(OfficeError::Forbidden(_))));
    assert_eq!(
        office
            .people(&world.administrator)
            .await
            .expect("people")
            .len(),
        2
    );
}

#[tokio::test]
async fn an_inactive_person_is_out_at_once_and_cannot_log_in() {
    let world = World::new().await;
    let office = &world.office;
    let session = office
        .login("Company ", PASSWORD, at(9, 1))
        .await
        .expect("a session");
    let live = office
        .session(&session.token, at(9, 1))
        .await
        .expect("the store");
    assert_eq!(live.expect("alive").actor.id, world.company.id);
    let administrator = &world.administrator;
    office
        .set_active(administrator, world.company.id, false, at(9, 1))
        .await
        .expect("deactivated");
    let live = office
        .session(&session.token, at(9, 1))
        .await
        .expect("the store");
    assert_eq!(live, None);
    let refused = office.login("company", PASSWORD, at(9, 1)).await;
    assert!(matches!(refused, Err(OfficeError::LoginRefused(_))));
    let oneself = office
        .set_active(administrator, administrator.id, false, at(9, 1))
        .await;
    assert_eq!(fields(oneself), ["active"]);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let world = World::new().await;
    let office = &world.office;
    let here = office
        .login("company", PASSWORD, at(9, 1))
        .await
        .expect("here");
    let there = office
        .login("company", PASSWORD, at(9, 1))
        .await
        .expect("there");
    let new = "another-long-password";
    let wrong = office
        .change_password(
            &world.company,
            "not the old one",
            new,
            &here.token,
            at(9, 1),
        )
        .await;
    assert_eq!(fields(wrong), ["old"]);
    office
        .change_password(&world.company, PASSWORD, new, &here.token, at(9, 1))
        .await
        .expect("changed");
    let alive = |token: String| async move {
        office
            .session(&token, at(9, 1))
            .await
            .expect("the store")
            .is_some()
    };
    assert!(alive(here.token.clone()).await);
    assert!(!alive(there.token).await);
    office
        .reset_password(&world.administrator, world.company.id, PASSWORD, at(9, 1))
        .await
        .expect("reset");
    assert!(!alive(here.token).await);
    assert!(office.login("company", new, at(9, 1)).await.is_err());
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_and_five_failures_shut_the_door() {
    let world = World::new().await;
    let office = &world.office;
    let session = office
        .login("company", PASSWORD, at(9, 1))
        .await
        .expect("a session");
    let alive = office
        .session(&session.token, at(9, 2))
        .await
        .expect("the store");
    assert_eq!(alive, None, "a day later");
    for _ in 0..5 {
        let refused = office.login("company", "guess", at(9, 3)).await;
        assert!(matches!(refused, Err(OfficeError::LoginRefused(_))));
    }
    assert!(
        office.login("company", PASSWORD, at(9, 3)).await.is_err(),
        "shut"
    );
    assert!(
        office.login("company", PASSWORD, at(9, 4)).await.is_ok(),
        "open again"
    );
}

#[tokio::test]
async fn only_an_empty_installation_makes_its_own_administrator() {
    let world = World::new().await;
    let second = world
        .office
        .create_first_administrator("second", "第二人", PASSWORD, at(9, 1))
        .await;
    assert!(matches!(second, Err(OfficeError::Forbidden(_))));
}
