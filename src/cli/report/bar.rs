//! The progress bar: on a terminal alone, for long work alone, and gone when the work ends.
//!
//! Until the work has taken long, there is but a sleeping thread. It alone draws, and nobody waits for its end.

use ctsd::progress::{Step, Watcher};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What takes less than this is over before a bar could be read.
pub(super) const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar is drawn.
const BEAT: Duration = Duration::from_millis(100);
/// Characters that every terminal has.
const LOOK: &str = "[{bar:20}] {elapsed:>3}  {wide_msg}";

/// The steps of the work, for the bar and for who wants to know what each took.
#[derive(Debug)]
pub(super) struct Bar {
    /// Whether each step is told when it has ended.
    verbose: bool,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The steps that have begun and not ended, in that order.
    running: Vec<(String, Instant)>,
    done: usize,
    expected: usize,
    shown: Option<ProgressBar>,
    ended: bool,
}

impl Bar {
    pub fn new(verbose: bool) -> Arc<Self> {
        Arc::new(Self { verbose, state: Mutex::default(), ended: Condvar::new() })
    }

    /// Shows the work on a terminal once it has taken `patience`.
    pub fn show(self: &Arc<Self>, patience: Duration, terminal: impl Fn() -> ProgressDrawTarget + Send + 'static) {
        let (bar, since) = (Arc::clone(self), Instant::now());
        let draw = move || {
            let mut state = bar.state();
            let mut pause = patience;
            loop {
                let waited = bar.ended.wait_timeout_while(state, pause, |state| !state.ended);
                (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                if state.ended {
                    return;
                }
                state.draw(|| blank(terminal(), since));
                pause = BEAT;
            }
        };
        // Where no thread can be had, there is no bar.
        let _ = std::thread::Builder::new().spawn(draw);
    }

    /// How many steps the whole work has.
    pub fn expects(&self, steps: usize) {
        self.state().expected = steps;
    }

    #[cfg(test)]
    pub fn steps(&self) -> (usize, usize) {
        let state = self.state();
        (state.done, state.expected)
    }

    /// Says something while the work goes on, with no bar in its way.
    pub fn aside(&self, say: impl FnOnce()) {
        match &self.state().shown {
            Some(shown) => shown.suspend(say),
            None => say(),
        }
    }

    /// The work has ended, however it has: no bar is there, and none will be.
    pub fn end(&self) {
        let mut state = self.state();
        state.ended = true;
        if let Some(shown) = state.shown.take() {
            shown.finish_and_clear();
        }
        self.ended.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn draw(&mut self, blank: impl FnOnce() -> ProgressBar) {
        let running: Vec<&str> = self.running.iter().map(|(name, _)| name.as_str()).collect();
        let (message, steps) = (running.join(", "), self.expected.max(self.done + running.len()));
        let shown = self.shown.get_or_insert_with(blank);
        // Between two steps, the last one stands.
        if !message.is_empty() {
            shown.set_message(message);
        }
        shown.update(|bar| {
            bar.set_len(steps as u64);
            bar.set_pos(self.done as u64);
        });
    }
}

fn blank(terminal: ProgressDrawTarget, since: Instant) -> ProgressBar {
    let style = ProgressStyle::with_template(LOOK).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(1), terminal)
        .with_style(style.progress_chars("=> "))
        .with_elapsed(since.elapsed())
}

impl Watcher for Bar {
    fn begins(&self, step: Step<'_>) {
        self.state().running.push((step.to_string(), Instant::now()));
    }

    fn ends(&self, step: Step<'_>) {
        let name = step.to_string();
        let mut state = self.state();
        let Some(at) = state.running.iter().position(|(running, _)| *running == name) else { return };
        let (_, since) = state.running.remove(at);
        state.done += 1;
        drop(state);
        if self.verbose {
            let took = since.elapsed().as_secs_f64() * 1000.0;
            self.aside(|| drop(writeln!(anstream::stderr(), "{took:>9.1} ms  {name}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    /// A bar that shows itself on a terminal that keeps what it shows.
    fn bar(patience: Duration) -> (Arc<Bar>, InMemoryTerm) {
        let (bar, terminal) = (Bar::new(false), InMemoryTerm::new(10, 80));
        let own = terminal.clone();
        bar.show(patience, move || ProgressDrawTarget::term_like(Box::new(own.clone())));
        (bar, terminal)
    }

    /// Waits until the terminal shows this.
    fn shows(terminal: &InMemoryTerm, text: &str) {
        let since = Instant::now();
        while !terminal.contents().contains(text) {
            assert!(since.elapsed() < Duration::from_secs(60), "no “{text}” in {:?}", terminal.contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn short_work_shows_nothing() {
        let (bar, terminal) = bar(Duration::from_secs(3600));
        bar.begins(Step::Reading);
        bar.ends(Step::Reading);
        bar.begins(Step::Word);
        bar.end();
        assert_eq!(terminal.moves_since_last_check(), "");
    }

    #[test]
    fn long_work_shows_how_far_it_is_and_at_what() {
        let (bar, terminal) = bar(Duration::ZERO);
        bar.expects(4);
        bar.begins(Step::Reading);
        shows(&terminal, "reading");
        bar.ends(Step::Reading);
        bar.begins(Step::Word);
        bar.begins(Step::Pdf);
        shows(&terminal, "Word, PDF");
        assert!(terminal.contents().starts_with("[=====>"), "a quarter is done: {}", terminal.contents());
        bar.ends(Step::Word);
        bar.ends(Step::Pdf);
        bar.begins(Step::Writing);
        shows(&terminal, "writing");
    }

    #[test]
    fn what_is_said_stands_alone_and_the_end_leaves_nothing() {
        let (bar, terminal) = bar(Duration::ZERO);
        bar.begins(Step::Comparing);
        shows(&terminal, "comparing");
        let own = terminal.clone();
        bar.aside(move || indicatif::TermLike::write_line(&own, "a remark").unwrap());
        assert!(terminal.contents().starts_with("a remark\n["), "{}", terminal.contents());
        bar.end();
        assert_eq!(terminal.contents(), "a remark");
        bar.begins(Step::Writing);
        std::thread::sleep(BEAT * 2);
        assert_eq!(terminal.contents(), "a remark", "no bar comes back");
    }
}
