//! The administration, and who may do what there.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    staff::{administrator, create, id, staffed},
    support::Place,
    web::Web,
};

#[test]
fn the_first_administrator_comes_from_the_command_line() {
    let place = Place::new();
    let home = place.path("home");
    let (code, said) = create(&place, &home, "root@example.com", "short");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("at least 10 characters"), "{said}");
    let (code, said) = create(&place, &home, "no address", PASSWORD);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = create(&place, &home, "root@example.com", PASSWORD);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = create(&place, &home, "ROOT@example.com", PASSWORD);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("has an account already"), "{said}");
}

#[test]
fn only_who_may_sees_and_changes() {
    let (_place, web, outbox) = staffed();
    let root = administrator(&web);
    let [ada, budi, nobody] = [(); 3].map(|()| Browser::new(&web));
    ada.join(&outbox, "ada@example.com");
    budi.join(&outbox, "budi@example.com");
    let pages = ["/admin/users", "/admin/mails", "/admin/audit"];
    for page in pages {
        assert_eq!(root.get(page).status, 200, "{page}");
        assert_eq!(ada.get(page).status, 404, "{page}");
        nobody.get(page).goes_to(&format!("/sign-in?next={page}"));
    }
    let users = root.get("/admin/users?q=ada");
    assert!(users.text().contains("ada@example.com"));
    assert!(!users.text().contains("budi@example.com"));
    let (ada_id, budi_id) = (id(&root, "ada@"), id(&root, "budi@"));
    let promote = |who: &Browser<'_>, id: &str, role: &str| {
        who.post("/admin/users/role", &[("id", id), ("role", role)])
    };
    assert_eq!(promote(&ada, &ada_id, "admin").status, 404);
    promote(&root, &budi_id, "support").goes_to("/admin/users?notice=role-changed");
    // Support sees, and changes nothing; what mails say opens accounts.
    for page in pages {
        assert_eq!(budi.get(page).status, 200, "{page}");
    }
    assert!(root.get("/admin/mails").text().contains("token="));
    assert!(!budi.get("/admin/mails").text().contains("token="));
    assert_eq!(promote(&budi, &budi_id, "admin").status, 403);
    assert_eq!(
        budi.post("/admin/users/shut", &[("id", &ada_id)]).status,
        403
    );
    assert_eq!(promote(&root, &ada_id, "emperor").status, 403);

    // Shut: the sessions end, and the password is as good as wrong.
    let shut = root.post("/admin/users/shut", &[("id", &ada_id)]);
    shut.goes_to("/admin/users?notice=account-shut");
    ada.get("/account").goes_to("/sign-in?next=/account");
    assert_eq!(ada.sign_in("ada@example.com", PASSWORD).status, 422);
    let open = root.post("/admin/users/open", &[("id", &ada_id)]);
    open.goes_to("/admin/users?notice=account-opened");
    ada.sign_in("ada@example.com", PASSWORD).goes_to("/account");
    // Nobody locks themselves out.
    let trail = root.get("/admin/audit");
    assert!(trail.text().contains(&ada_id));
    let nobody = root.post(
        "/admin/users/shut",
        &[("id", "019a0000-0000-7000-8000-000000000000")],
    );
    assert_eq!(nobody.status, 404);
}

#[test]
fn a_backup_is_taken_from_a_running_server_and_opens_elsewhere() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let done = place.run("backup all.backup --home home");
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stdout.contains("secret.key"), "{done:?}");
    // The file of settings names the same database for every command.
    place.write("phoenix.toml", "home = \"home\"\n");
    let again = place.run("backup again.backup --config phoenix.toml");
    let rows = |text: &str| text.split(' ').next().map(str::to_owned);
    assert_eq!(rows(&again.stdout), rows(&done.stdout), "{again:?}");
    place.write("odd.toml", "homes = \"home\"\n");
    let odd = place.run("backup odd.backup --config odd.toml");
    assert_eq!(odd.code, Some(2), "{odd:?}");
    assert!(odd.stderr.contains("homes") && !place.path("odd.backup").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(place.path("all.backup")).unwrap();
        assert_eq!(
            mode.permissions().mode() & 0o077,
            0,
            "nobody else may read it"
        );
    }
    // Where there is something already nothing is written over.
    let refused = place.run("restore all.backup --home home");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("not empty"), "{refused:?}");
    place.write("none.backup", "no backup");
    let refused = place.run("restore none.backup --home none");
    assert_ne!(refused.code, Some(0), "{refused:?}");
    let whole = std::fs::read(place.path("all.backup")).unwrap();
    std::fs::write(place.path("half.backup"), &whole[..whole.len() / 2]).unwrap();
    let refused = place.run("restore half.backup --home half");
    assert_ne!(refused.code, Some(0), "{refused:?}");

    let other = Place::new();
    std::fs::copy(place.path("all.backup"), other.path("all.backup")).unwrap();
    let done = other.run("restore all.backup --home home");
    assert_eq!(done.code, Some(0), "{done:?}");
    let web = Web::start(&other, "");
    let there = Browser::new(&web);
    there
        .sign_in("ada@example.com", PASSWORD)
        .goes_to("/account");
}
