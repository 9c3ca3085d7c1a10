package providers

import (
	"fmt"
	"time"
)

// file is a catalogue file, key for key.
type file struct {
	ID          string   `toml:"id"`
	Name        string   `toml:"name"`
	Category    string   `toml:"category"`
	Docs        string   `toml:"docs"`
	Sure        string   `toml:"sure"`
	Mark        string   `toml:"mark"`
	Colour      string   `toml:"colour"`
	SecretWhere string   `toml:"secret_where"`
	Advice      string   `toml:"advice"`
	Personal    []string `toml:"personal"`

	AnswerWithin duration `toml:"answer_within"`
	LocalFault   int      `toml:"local_fault"`

	Scheme schemeTable `toml:"scheme"`

	Event    labelRules `toml:"event"`
	Delivery labelRules `toml:"delivery"`
	Hint     labelRules `toml:"hint"`
	Note     labelRules `toml:"note"`
	Relay    rules      `toml:"relay"`

	Handshake []handshakeTable `toml:"handshake"`
	Reply     *replyTable      `toml:"reply"`

	Detect  rules          `toml:"detect"`
	Example []exampleTable `toml:"example"`
	Sample  []sampleTable  `toml:"sample"`
}

type exampleTable struct {
	File   string    `toml:"file"`
	Event  string    `toml:"event"`
	Origin string    `toml:"origin"`
	Secret string    `toml:"secret"`
	At     time.Time `toml:"at"`
	URL    string    `toml:"url"`
}

// sampleTable is [[sample]]: a delivery that is signed when it is sent.
type sampleTable struct {
	Event string `toml:"event"`
	File  string `toml:"file"`
}

// duration is a positive time like "8s" or "5m".
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return fmt.Errorf("read duration %q: expected a positive one like 300s", text)
	}
	*d = duration(v)
	return nil
}
