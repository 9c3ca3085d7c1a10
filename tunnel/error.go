package tunnel

// Error is a tunnel that could not be opened.
type Error struct {
	Code   string // "ERR_NGROK_105", or ""
	Says   string // what went wrong, lower-case and without a full stop
	Advice string // what to do about it, in a sentence
	// HostKey is the key of an SSH server that waits for somebody's word, nil for
	// every other error. See SSHOptions.Trust.
	HostKey *HostKey

	cause   error
	refused bool
}

// final tells that another attempt without a change would end the same.
func (e *Error) final() bool { return e.Code != "" || e.refused }

// Error returns what went wrong in one sentence.
func (e *Error) Error() string { return e.Says }

// Unwrap returns the cause, nil when there is none: context.Canceled for a
// connect that was given up, the system's error for an address that is taken.
func (e *Error) Unwrap() error { return e.cause }
