//! Small markets whose outcome a person can work out by hand, and large ones that nobody would
//! want to trade in. Every run here is also replayed bar by bar through a session.

mod exits;
mod fills;
mod hostile;
mod limits;
mod margin;
mod scene;
mod timing;
