// Package settings is what the user chose: shopbell.toml, the environment and
// references to secrets.
//
// Start with Load, which turns a file into Settings or into one Problem that
// names the line. Edit changes the file in place and keeps what a person wrote
// there. Vault turns the references that the file holds into secrets.
package settings

import (
	"time"
)

// Settings are the contents of shopbell.toml with defaults filled in.
type Settings struct {
	Tunnel    Tunnel     `toml:"tunnel"`
	Shop      Shop       `toml:"shop"`
	Endpoints []Endpoint `toml:"endpoint"`
	Limits    Limits     `toml:"limits"`
	Keep      Keep       `toml:"keep"`
	Window    Window     `toml:"window"`
	Notify    Notify     `toml:"notify"`
	Searches  []Search   `toml:"search"` // the saved ones, in the order of the sidebar
	// Generated names the endpoints whose path the file leaves out, so that
	// Load made one up. File.FillPaths writes them, once and for all.
	Generated []string

	// file and lines say where the settings stand, for Problems found later:
	// the keys are places such as "endpoint[0].path".
	file  string
	lines map[string]int
	text  string // of the file
}

// Tunnel is the [tunnel] table.
type Tunnel struct {
	Kind      string    `toml:"kind"` // local (default) | ngrok | ssh
	Domain    string    `toml:"domain"`
	Authtoken Reference `toml:"authtoken"`
	Service   string    `toml:"service"`  // ssh: one of Services; the keys below go over what it says
	Server    string    `toml:"server"`   // ssh: "user@host:port"
	Bind      string    `toml:"bind"`     // ssh: "host:port" to listen on there; "" lets the server choose
	Run       string    `toml:"run"`      // ssh: what makes the server say its address
	URL       string    `toml:"url"`      // ssh: the public address; "https://*.host" is taken from what the server says
	Key       string    `toml:"key"`      // ssh: file of a private key; "" is the agent's keys and those of ~/.ssh
	HostKey   string    `toml:"host_key"` // ssh: "SHA256:…"; "" goes by known_hosts
	Listen    string    `toml:"listen"`   // local: "host:port"; "" is loopback with a kept port
	HTTPS     bool      `toml:"https"`    // local: TLS from an own certificate authority
}

// Shop is the [shop] table.
type Shop struct {
	URL string `toml:"url"`
}

// Endpoint is one [[endpoint]] table.
type Endpoint struct {
	Name       string        `toml:"name"`
	Provider   string        `toml:"provider"` // catalogue id; "" only with Path "/"
	Path       string        `toml:"path"`
	Secrets    []Reference   `toml:"secrets"`
	Forward    string        `toml:"forward"`
	Answer     string        `toml:"answer"`     // shop | accept
	Unverified string        `toml:"unverified"` // hold | forward
	Tolerance  time.Duration `toml:"tolerance"`
	// Concurrency is how many deliveries from the queue of an accept endpoint are
	// at the shop at once: 1 to 32, or 0 for the default, 1.
	Concurrency int    `toml:"concurrency"`
	WhenStuck   string `toml:"when_stuck"` // wait | pass
	// VerifyToken is the text that the provider was given with the URL: a
	// Reference, or the text itself. See Vault.ResolveToken.
	VerifyToken string `toml:"verify_token"`
	// LearnSecret takes the first secret that the provider offers in a request,
	// as long as Secrets is empty.
	LearnSecret bool `toml:"learn_secret"`
	// Probe is a URL or a command that tells the shop's state, for rehearsals.
	Probe string `toml:"probe"`
}

// fill gives the keys that are left out their defaults.
func (e *Endpoint) fill() {
	for key, normal := range map[*string]string{&e.Answer: "shop", &e.Unverified: "hold", &e.WhenStuck: "wait"} {
		if *key == "" {
			*key = normal
		}
	}
	if e.Concurrency == 0 {
		e.Concurrency = 1
	}
}

// Keep is the [keep] table.
type Keep struct {
	Days int   `toml:"days"` // 30; 0 keeps captures for ever
	Size int64 `toml:"size"` // bytes; 2 GB; 0 is no limit
	// Encrypt is the key that captures are kept encrypted with; "" keeps them
	// as they are. See Vault.StoreKey.
	Encrypt Reference `toml:"encrypt"`
}

// Limits is the [limits] table: what is taken from the network.
type Limits struct {
	Body int64 `toml:"body"` // bytes of the largest delivery; 32 MiB
	// Wait is how long the shop has for its answer where the provider
	// documents no limit; 30 s.
	Wait time.Duration `toml:"wait"`
}

// Window is the [window] table: how the window looks and where it is. Its size and the widths
// of its panes are no settings: they follow the mouse.
type Window struct {
	Theme    string `toml:"theme"`    // system (default) | light | dark
	Scale    int    `toml:"scale"`    // size of the text in per cent, 80 to 150; 100
	Density  string `toml:"density"`  // comfortable (default) | compact
	Language string `toml:"language"` // system (default) | one of Languages
	// CloseToTray keeps Shopbell running in the tray when its window is closed.
	CloseToTray bool `toml:"close_to_tray"`
	// Start is "shown" (default) or "hidden": in the tray, until somebody opens the window.
	Start string `toml:"start"`
	// HidePersonal masks personal data on the screen.
	HidePersonal bool `toml:"hide_personal"`
}

// Default returns what holds without a file: a local tunnel, a shop on
// localhost:8080, no endpoints, 30 days and 2 GB of captures, a window that
// follows the system, every notification.
func Default() Settings {
	return Settings{
		Tunnel: Tunnel{Kind: "local"},
		Shop:   Shop{URL: "http://localhost:8080"},
		Limits: Limits{Body: 32 << 20, Wait: 30 * time.Second},
		Keep:   Keep{Days: 30, Size: 2_000_000_000},
		Window: Window{Theme: "system", Scale: 100, Density: "comfortable", Language: "system", Start: "shown"},
		Notify: Notify{Failed: true, Tunnel: true, Shop: true},
	}
}
