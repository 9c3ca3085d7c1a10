package signature

// The names of the steps by which a stored verdict tells what was at fault.
const (
	stepHeader    = "Signature header"
	stepSignature = "Signature"
	stepSecret    = "Secret"
	stepKey       = "Public key"
	stepToken     = "Token"
	stepEqual     = "Equal parts"
)

// fault is what keeps a message from being checked. A step shows it as
// evidence; the diagnosis says it in a sentence of its own.
type fault struct {
	about subject
	where string // the part of the message, in words
	want  string
	got   string // "" when there is nothing
	// evidence is what the step shows.
	evidence string
}

func (f fault) says() string {
	if f.about == aboutSecret {
		return "The configured " + f.where + " is not " + f.want + ", as this provider's secrets are."
	}
	got := f.got
	if got == "" {
		got = "none"
	}
	return "This provider gives " + f.want + " as " + f.where + "; this delivery has " + got + "."
}

// fail notes the step that ends a check.
func (c *check) fail(step string, f fault) {
	c.note(false, step, f.evidence)
	c.fault = f
}

// times says how often a part stands there.
func times(n int) string { return itoa(int64(n)) + " times" }
