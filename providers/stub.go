package providers

import (
	"io/fs"
	"time"

	"shopbell/providers/signature"
)

type labelRule struct{}
type condition struct{}

// Catalog is the set of known providers.
type Catalog struct{ providers []Provider }

// Load reads every *.toml of fsys. An unknown key or a wrong value is an error
// that names file and line.
func Load(fsys fs.FS) (Catalog, error) { panic("contract") }

// Embedded returns the catalogue that is built in.
func Embedded() (Catalog, error) { panic("contract") }

// Get returns the provider with that id.
func (c Catalog) Get(id string) (Provider, bool) { panic("contract") }

// All returns every provider in id order.
func (c Catalog) All() []Provider { panic("contract") }

// Detect returns the providers that m could come from, likeliest first.
func (c Catalog) Detect(m signature.Message) []Provider { panic("contract") }

// WithTolerance returns a copy of p whose scheme allows d either way.
func (p Provider) WithTolerance(d time.Duration) Provider { panic("contract") }

// Event returns the name of what happened, Text empty when it can't be told.
func (p Provider) Event(m signature.Message) Label { panic("contract") }

// DeliveryID returns what identifies the delivery for deduplication.
func (p Provider) DeliveryID(m signature.Message) Label { panic("contract") }

// NeedsAnswer tells whether the sender uses the shop's answer, so that it has
// to go back unchanged whatever the endpoint's policy (Twisto's data request,
// Everifin's payment.statusCheck).
func (p Provider) NeedsAnswer(m signature.Message) bool { panic("contract") }

// Notes says what a person should know of this message, for example that a
// JSON string held JSON and was read once more.
func (p Provider) Notes(m signature.Message) []string { panic("contract") }

// Judge checks m with p's scheme and fills in the provider's id.
func (p Provider) Judge(m signature.Message, secrets []signature.Secret, now time.Time) signature.Verdict {
	panic("contract")
}

// Mask returns body with the values of p's personal keys hidden, for screens.
func (p Provider) Mask(body []byte) []byte { panic("contract") }
