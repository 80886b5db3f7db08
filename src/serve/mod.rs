//! A live preview: what is saved is seen in a browser on this machine at once.
//!
//! A watcher opens the desk anew when a file of the content or of the templates is another; pages are made from it when
//! they are asked for, and told by a stream of events that they are to be asked for again. Where what was saved is wrong,
//! the last page that could be made stands, and what is wrong is told over it.
//!
//! It answers nobody but a browser on this machine that was sent here by nobody else, and with nothing but what it made:
//! what is asked for is looked up among the versions, never on the disk.

mod answer;
mod editor;
mod http;
mod made;
mod pieces;
mod place;
mod state;
mod told;
mod watcher;

pub use editor::Editor;

use crate::diagnostic::Failure;
use crate::pipeline::Desk;
use state::State;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So many browsers' tabs are answered at a time; each keeps one connection for its events.
const MOST_CONNECTIONS: usize = 64;

/// A server that is ready to answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<State>,
}

/// Ends a server from elsewhere.
#[derive(Clone, Debug)]
pub struct Stop {
    address: SocketAddr,
    state: Arc<State>,
}

impl Server {
    /// A server for the project below a folder, on the port if it is free, else on another. Its pages lead to places in
    /// files by an editor.
    ///
    /// # Errors
    /// If this machine has no port for it.
    pub fn open(root: &Path, port: u16, editor: Editor) -> Result<Self, Failure> {
        let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = match listen(port) {
            Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => listen(0),
            other => other,
        };
        let none = |error| Failure::refused(format!("no port of this machine can be had: {error}"));
        let listener = listener.map_err(none)?;
        let address = listener.local_addr().map_err(none)?;
        Ok(Self { listener, address, state: Arc::new(State::new(root, editor)) })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it.
    pub fn stop(&self) -> Stop {
        Stop { address: self.address, state: Arc::clone(&self.state) }
    }

    /// Answers until it is ended.
    pub fn run(self) {
        // What is saved while the desk is opened is seen as another than this.
        let known = watcher::look(self.state.root());
        self.state.put(Desk::open_from(self.state.root()));
        let watcher = thread::spawn({
            let state = Arc::clone(&self.state);
            move || watcher::watch(&state, known)
        });
        let open = Arc::new(AtomicUsize::new(0));
        for stream in self.listener.incoming() {
            if self.state.is_ended() {
                break;
            }
            let Ok(stream) = stream else { continue };
            if open.fetch_add(1, Ordering::SeqCst) >= MOST_CONNECTIONS {
                open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let (state, open, address) = (Arc::clone(&self.state), Arc::clone(&open), self.address);
            thread::spawn(move || {
                answer::answer(stream, &state, address);
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
        watcher.join().unwrap_or_default();
    }
}

impl Stop {
    /// Ends the server: what it is doing is done, and nothing more is answered.
    pub fn stop(&self) {
        self.state.end();
        // It waits for somebody to ask.
        drop(TcpStream::connect(self.address));
    }
}
