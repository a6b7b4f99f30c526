//! The icon in the Windows taskbar, and its menu. The program works in a thread beside it: what is done
//! here waits for nobody.

use super::{
    Choice, Desk, View,
    action::{Action, action},
    autostart, icon, words,
};
use crate::{drive::Wish, status::Status};
use rfd::{MessageButtons, MessageDialog, MessageDialogResult, MessageLevel};
use std::{
    ffi::OsStr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use tao::{
    event::Event,
    event_loop::{ControlFlow, EventLoopBuilder, EventLoopProxy},
};
use tokio::sync::mpsc;
use tray_icon::{
    Icon, TrayIcon, TrayIconBuilder,
    menu::{CheckMenuItem, Menu, MenuEvent, MenuId, MenuItem, PredefinedMenuItem},
};

/// The title of what is asked and told.
const TITLE: &str = "Phoenix";

/// What the taskbar hears.
#[derive(Debug)]
enum Told {
    /// The program is at work.
    Ready(Box<Desk>),
    /// Something may have changed.
    Changed(Box<View>),
    /// Something was chosen.
    Chosen(MenuId),
    /// The program has ended; with these words where it failed.
    Ended(Option<String>),
}

/// Shows the icon while `work` works. It is given whom to show its desk, from within a runtime; what it
/// fails with is shown.
pub fn run(work: impl FnOnce(Box<dyn FnOnce(Desk)>) -> Result<(), String> + Send + 'static) -> ! {
    let events = EventLoopBuilder::<Told>::with_user_event().build();
    let chosen = events.create_proxy();
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
        tell(&chosen, Told::Chosen(event.id));
    }));
    let proxy = events.create_proxy();
    let thread = thread::Builder::new().name("executor".to_owned());
    let begun = thread.spawn(move || {
        let shown = proxy.clone();
        let work = AssertUnwindSafe(|| work(Box::new(move |desk| show(desk, shown))));
        // An icon must not outlive what it shows. Why it panicked is in the log.
        let ended = catch_unwind(work);
        let ended = ended.unwrap_or_else(|_| Err("Phoenix has failed: see its log.".to_owned()));
        tell(&proxy, Told::Ended(ended.err()));
    });
    if let Err(fault) = begun {
        complain(&fault.to_string());
    }
    let mut bar = None;
    events.run(move |event, _, flow| {
        *flow = ControlFlow::Wait;
        let Event::UserEvent(told) = event else {
            return;
        };
        match told {
            Told::Ready(desk) => bar = Some(Bar::new(*desk)),
            Told::Changed(view) => {
                if let Some(bar) = &mut bar {
                    bar.change(*view);
                }
            }
            Told::Chosen(id) => {
                if let Some(bar) = &bar {
                    bar.choose(&id);
                }
            }
            Told::Ended(None) => *flow = ControlFlow::Exit,
            Told::Ended(Some(why)) => {
                // No icon stays that nobody serves.
                bar = None;
                complain(&why);
                *flow = ControlFlow::ExitWithCode(1);
            }
        }
    })
}

/// Tells the trader why the program ends.
fn complain(why: &str) {
    let dialog = MessageDialog::new().set_level(MessageLevel::Error);
    dialog.set_title(TITLE).set_description(why).show();
}

fn tell(to: &EventLoopProxy<Told>, told: Told) {
    // A taskbar that is gone shows nothing.
    let _ = to.send_event(told);
}

/// Has the taskbar show a desk, and whatever changes there.
fn show(desk: Desk, to: EventLoopProxy<Told>) {
    let mut status = desk.status.clone();
    tell(&to, Told::Ready(Box::new(desk)));
    tokio::spawn(async move {
        while status.changed().await.is_ok() {
            let view = View::of(&status.borrow_and_update());
            tell(&to, Told::Changed(Box::new(view)));
        }
    });
}

/// The icon and its menu.
struct Bar {
    desk: Desk,
    view: View,
    /// Whether Windows took the view: a taskbar that is busy does not.
    is_shown: bool,
    icon: Option<TrayIcon>,
    headline: MenuItem,
    items: Vec<(Choice, MenuItem)>,
    autostart: CheckMenuItem,
    /// One question at a time.
    is_asking: Arc<AtomicBool>,
}

impl Bar {
    fn new(desk: Desk) -> Self {
        let view = View::of(&Status::default());
        let language = desk.language;
        let mut items = Vec::new();
        let autostart = CheckMenuItem::new(
            words::label(Choice::Autostart, &view, language),
            true,
            autostart::is_on(),
            None,
        );
        for choice in Choice::ALL {
            if choice != Choice::Autostart {
                let text = words::label(choice, &view, language);
                items.push((choice, MenuItem::new(text, true, None)));
            }
        }
        let mut bar = Self {
            desk,
            is_shown: false,
            icon: None,
            headline: MenuItem::new(words::headline(&view, language), false, None),
            items,
            autostart,
            is_asking: Arc::default(),
            view,
        };
        match bar.build() {
            Ok(icon) => bar.icon = Some(icon),
            // It trades all the same, and the dashboard shows it.
            Err(why) => bar.say(&format!("no icon can be shown: {why}")),
        }
        bar.refresh();
        bar
    }

    fn build(&self) -> Result<TrayIcon, String> {
        let menu = self.menu().map_err(|fault| fault.to_string())?;
        let icon = TrayIconBuilder::new().with_menu(Box::new(menu));
        let icon = icon.with_tooltip(words::tooltip(&self.view, self.desk.language));
        icon.build().map_err(|fault| fault.to_string())
    }

    fn menu(&self) -> Result<Menu, tray_icon::menu::Error> {
        let menu = Menu::new();
        menu.append(&self.headline)?;
        menu.append(&PredefinedMenuItem::separator())?;
        for (choice, item) in &self.items {
            if *choice == Choice::Quit {
                menu.append(&self.autostart)?;
                menu.append(&PredefinedMenuItem::separator())?;
            }
            menu.append(item)?;
            if *choice == Choice::StopAndClose {
                menu.append(&PredefinedMenuItem::separator())?;
            }
        }
        Ok(menu)
    }

    fn change(&mut self, view: View) {
        if view != self.view || !self.is_shown {
            self.view = view;
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        let (view, language) = (&self.view, self.desk.language);
        self.headline.set_text(words::headline(view, language));
        for (choice, item) in &self.items {
            item.set_text(words::label(*choice, view, language));
            item.set_enabled(action(*choice, view, &self.desk).is_some());
        }
        let Some(icon) = &self.icon else { return };
        let drawn = Icon::from_rgba(icon::pixels(view.glance), icon::SIZE, icon::SIZE);
        let is_drawn = icon.set_icon(drawn.ok()).is_ok();
        let is_told = icon.set_tooltip(Some(words::tooltip(view, language)));
        self.is_shown = is_drawn && is_told.is_ok();
    }

    fn choose(&self, id: &MenuId) {
        let found = self.items.iter().find(|(_, item)| item.id() == id);
        let choice = match found {
            Some((choice, _)) => *choice,
            None if id == self.autostart.id() => Choice::Autostart,
            None => return,
        };
        match action(choice, &self.view, &self.desk) {
            Some(Action::Wish(wish)) => self.wish(choice, wish),
            Some(Action::Open(what)) => self.open(&what),
            Some(Action::TurnAutostart) => self.turn_autostart(),
            None => {}
        }
    }

    /// Wishes it, once the trader has said yes where that is asked. In a thread of its own: what was
    /// chosen is not forgotten where many wishes wait, and the icon goes on.
    fn wish(&self, choice: Choice, wish: Wish) {
        let question = words::question(choice, &self.view, self.desk.language);
        let is_asked = question.is_some();
        if is_asked && self.is_asking.swap(true, Ordering::Relaxed) {
            return;
        }
        let is_asking = Arc::clone(&self.is_asking);
        let wishes = self.desk.wishes.clone();
        let thread = thread::Builder::new().name("question".to_owned());
        let begun = thread.spawn(move || {
            let is_wanted = question.is_none_or(|question| agrees(&question));
            if is_asked {
                is_asking.store(false, Ordering::Relaxed);
            }
            if is_wanted {
                send(&wishes, wish);
            }
        });
        if let Err(fault) = begun {
            self.say(&fault.to_string());
        }
    }

    /// What cannot be opened is not named in the log: a link may have a token in it.
    fn open(&self, what: &OsStr) {
        if let Err(fault) = open::that_detached(what) {
            self.say(&fault.to_string());
        }
    }

    fn turn_autostart(&self) {
        let is_on = autostart::is_on();
        let wanted = (!is_on).then_some(self.desk.command.as_str());
        if let Err(fault) = autostart::set(wanted) {
            self.say(&fault.to_string());
        }
        self.autostart.set_checked(autostart::is_on());
    }

    fn say(&self, text: &str) {
        self.desk.log.say(text);
    }
}

/// Whether the trader says yes.
fn agrees(question: &str) -> bool {
    let dialog = MessageDialog::new().set_level(MessageLevel::Warning);
    let dialog = dialog.set_title(TITLE).set_description(question);
    dialog.set_buttons(MessageButtons::YesNo).show() == MessageDialogResult::Yes
}

fn send(wishes: &mpsc::Sender<Wish>, wish: Wish) {
    // A program that has ended wishes for nothing.
    let _ = wishes.blocking_send(wish);
}
