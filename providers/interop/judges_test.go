package interop

import (
	"errors"
	"slices"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// library is one provider's library that verifies.
type library struct {
	provider string // catalogue id
	module   string
	// secret is what the library gets, key what we sign with: the secret
	// itself when empty, a private key where the provider signs with one.
	secret, key string
	// ours is the secret as Shopbell takes it, where the library wants it in
	// another form.
	ours string
	// body and header replace those of the provider's example where the
	// library reads more of a delivery than its signature.
	body   string
	header []signature.Field
	judge  func(d delivery) error
}

var errNo = errors.New("the library does not take it")

// took turns a library's yes or no into an error.
func took(ok bool) error {
	if ok {
		return nil
	}
	return errNo
}

func libraries() []library {
	return slices.Concat(paymentLibraries(), commerceLibraries(), messagingLibraries(), developerLibraries(), webhookLibraries(), keyLibraries())
}

func (l library) signWith() string {
	if l.key != "" {
		return l.key
	}
	return l.verifyWith()
}

// verifyWith is the secret in our form.
func (l library) verifyWith() string {
	if l.ours != "" {
		return l.ours
	}
	return l.secret
}

func (l library) secrets() []signature.Secret {
	return []signature.Secret{signature.NewSecret("#1", l.verifyWith())}
}

// sign makes the delivery that the library is asked about, as of now: many
// libraries look at the clock.
func (l library) sign(t *testing.T, secret string) delivery {
	t.Helper()
	p := provider(t, l.provider)
	m, err := p.Scheme.Sign(message(t, p, l.body, l.header), signature.NewSecret("#1", secret), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return delivery{m, l.secret}
}

func TestTheProvidersOwnLibraryTakesWhatWeSign(t *testing.T) {
	for _, l := range libraries() {
		t.Run(l.provider+" "+l.module, func(t *testing.T) {
			d := l.sign(t, l.signWith())
			if err := l.judge(d); err != nil {
				t.Errorf("%v\n%s\n%s", err, d.Header, d.Body)
			}
		})
	}
}

// A library and Shopbell agree on what is wrong, too: a changed body, and a
// delivery signed with another secret.
func TestTheProvidersOwnLibraryRefusesWhatWeRefuse(t *testing.T) {
	for _, l := range libraries() {
		t.Run(l.provider+" "+l.module, func(t *testing.T) {
			p := provider(t, l.provider)
			d := l.sign(t, l.signWith())
			d.Body = slices.Concat(d.Body[:len(d.Body)-1], []byte{' '}, d.Body[len(d.Body)-1:])
			ours := p.Judge(d.Message, l.secrets(), time.Now())
			theirs := l.judge(d)
			if (ours.Outcome == signature.Verified) != (theirs == nil) {
				t.Errorf("changed body: we say %s, the library says %v", ours.Outcome, theirs)
			}
			if l.key != "" {
				return
			}
			d = l.sign(t, other(l.verifyWith()))
			if l.judge(d) == nil {
				t.Error("the library takes a delivery that was signed with another secret")
			}
			if v := p.Judge(d.Message, l.secrets(), time.Now()); v.Outcome == signature.Verified {
				t.Error("we take a delivery that was signed with another secret")
			}
		})
	}
}

// other changes a secret without changing its form.
func other(secret string) string {
	b := []byte(secret)
	at := len(b) / 2
	if b[at]++; b[at] == '{' || b[at] == '[' || b[at] == ':' {
		b[at] = 'a'
	}
	return string(b)
}
