pub fn read(_: &str) {}
