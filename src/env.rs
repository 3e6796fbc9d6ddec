//! Clock, randomness and host: real, or fixed for a rehearsal and for tests.
