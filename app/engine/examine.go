package engine

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/dustin/go-humanize"

	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/providers"
	"shopbell/tunnel"
)

// Health is how good a Finding is. The strings are stable.
type Health string

// What a part can be found to be.
const (
	Good    Health = "good"
	Warning Health = "warning" // it works, for now or in part
	Bad     Health = "bad"
)

// Finding is what an examination says of one part.
type Finding struct {
	Check  string `json:"check"` // config, secret, clock, disk, keyring, tunnel, shop, store
	Health Health `json:"health"`
	Says   string `json:"says"`
	Do     string `json:"do,omitempty"` // the next step, "" where nothing is to be done
}

// Running is what a Shopbell that runs on the data folder tells of itself.
type Running struct {
	PID    int
	Tunnel tunnel.Status
	Shop   Shop
	Counts inspector.Counts
}

// Examination looks at a set-up from outside, whether Shopbell runs or not.
// Nothing is changed, and nothing but the shop and the tunnel's service is
// asked over the network.
type Examination struct {
	File     string // the config file
	Optional bool   // it may be missing
	DataDir  string
	Catalog  providers.Catalog
	Vault    settings.Vault
	Running  *Running // nil when none runs
	Now      func() time.Time
}

// Examine returns what was found, in a fixed order of the checks.
func (x Examination) Examine(ctx context.Context) []Finding {
	chosen, err := settings.Load(x.File, x.Optional, x.Catalog)
	findings := []Finding{x.config(chosen, err)}
	if err != nil {
		chosen = settings.Default() // the rest is looked at as far as it can be
	}
	findings = append(findings, x.secrets(chosen)...)
	findings = append(findings, x.clock(), x.disk()) // before the store is opened, which writes
	return append(findings, x.keyring(chosen), x.tunnel(ctx, chosen), x.shop(ctx, chosen), x.store(chosen))
}

// troubled is the finding on an error, with its advice if it brings one.
func troubled(check string, err error, advice string) Finding {
	f := Finding{check, Bad, err.Error(), advice}
	var problem *settings.Problem
	if errors.As(err, &problem) && problem.Advice != "" {
		f.Do = problem.Advice
	}
	var told *tunnel.Error
	if errors.As(err, &told) && told.Advice != "" {
		f.Do = told.Advice
	}
	return f
}

func (x Examination) config(chosen settings.Settings, err error) Finding {
	if err != nil {
		return troubled("config", err, "Mend the line, or rename the file to begin anew.")
	}
	info, err := os.Stat(x.File)
	if err != nil {
		return Finding{"config", Good, fmt.Sprintf("there is no file %q; the defaults hold", x.File), ""}
	}
	if info.Mode().Perm()&0o022 != 0 && os.PathSeparator == '/' {
		return Finding{"config", Warning, fmt.Sprintf("other users may write to %q (mode %#o)", x.File, info.Mode().Perm()), "Take that right away: chmod go-w."}
	}
	return Finding{"config", Good, fmt.Sprintf("%q is in order, with %d endpoints", x.File, len(chosen.Endpoints)), ""}
}

// secrets resolves what the endpoints need; values are not shown.
func (x Examination) secrets(chosen settings.Settings) (findings []Finding) {
	count, without := 0, 0
	for _, e := range chosen.Endpoints {
		if len(e.Secrets) == 0 && !e.LearnSecret && x.signs(e.Provider) {
			without++
			findings = append(findings, Finding{"secret", Warning, fmt.Sprintf("endpoint %q has no secret, so its signatures are not checked", e.Name),
				"Add the provider's secret in the window, or under secrets = in the config file."})
		}
		for _, r := range e.References() {
			count++
			if _, err := x.Vault.Resolve(r); err != nil {
				findings = append(findings, troubled("secret", fmt.Errorf("endpoint %q: %w", e.Name, err), ""))
			}
		}
	}
	if len(findings) == without && count > 0 {
		findings = append(findings, Finding{"secret", Good, fmt.Sprintf("%d secrets can be read", count), ""})
	}
	return findings
}

func (x Examination) signs(id string) bool {
	p, known := x.Catalog.Get(id)
	return known && p.Signs
}

func (x Examination) keyring(chosen settings.Settings) Finding {
	err := x.Vault.Reachable()
	if err == nil {
		return Finding{"keyring", Good, "the system keyring answers", ""}
	}
	f := troubled("keyring", err, "Unlock or install a keyring, or keep secrets under env: or file:.")
	if !usesKeyring(chosen) {
		f.Health = Warning // nothing is in it yet
	}
	return f
}

func usesKeyring(chosen settings.Settings) bool {
	refs := []settings.Reference{chosen.Tunnel.Authtoken, chosen.Keep.Encrypt}
	for _, e := range chosen.Endpoints {
		refs = append(refs, e.References()...)
	}
	for _, r := range refs {
		if store, _ := r.Store(); store == "keyring" {
			return true
		}
	}
	return false
}

func (x Examination) shop(ctx context.Context, chosen settings.Settings) Finding {
	address := chosen.Shop.URL
	if x.Running != nil {
		address = x.Running.Shop.URL
	}
	s := look(ctx, address)
	switch {
	case s.URL == "":
		return Finding{"shop", Warning, "no shop is set, so nothing is forwarded", "Give its address under [shop] url, or with --shop."}
	case !s.Up:
		return Finding{"shop", Bad, fmt.Sprintf("the shop at %q does not answer: %s", shown(s.URL), s.Says), "Start the shop, or correct its address."}
	}
	return Finding{"shop", Good, fmt.Sprintf("the shop at %q accepts connections, in %v", shown(s.URL), s.Latency.Round(100*time.Microsecond)), ""}
}

// shown is an address without a password in it.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	return u.Redacted()
}

func (x Examination) store(chosen settings.Settings) Finding {
	dir := StoreDir(x.DataDir)
	if x.Running != nil {
		return Finding{"store", Good, fmt.Sprintf("%d captures, held by the Shopbell that runs as process %d", x.Running.Counts.All, x.Running.PID), ""}
	}
	if !badgerstore.Exists(dir) {
		return Finding{"store", Good, fmt.Sprintf("nothing is kept yet in %q", x.DataDir), ""}
	}
	key, err := x.Vault.StoreKey(chosen.Keep.Encrypt, false)
	if err != nil {
		return troubled("store", err, "")
	}
	store, err := badgerstore.Open(badgerstore.Options{Dir: dir, Key: key})
	switch {
	case errors.Is(err, badgerstore.ErrLocked):
		return troubled("store", err, "Close the other Shopbell, or wait for it to end.")
	case errors.Is(err, badgerstore.ErrCorrupt):
		return troubled("store", err, "See \"shopbell store check\"; a backup is read with \"shopbell store restore\".")
	case errors.Is(err, badgerstore.ErrNewer):
		return troubled("store", err, "Install the newer Shopbell again.")
	case err != nil:
		return troubled("store", err, "Check the folder's owner and rights.")
	}
	counts := store.Counts()
	if err := store.Close(); err != nil {
		return troubled("store", err, "Check the disk.")
	}
	if counts.Waiting > 0 {
		return Finding{"store", Warning, fmt.Sprintf("%d captures, %d wait for the shop", counts.All, counts.Waiting), "Start Shopbell to deliver them."}
	}
	return Finding{"store", Good, fmt.Sprintf("%d captures, %s on disk", counts.All, humanize.IBytes(uint64(max(0, counts.Bytes)))), ""}
}

// Free space in bytes below which the disk is a matter of concern.
const littleSpace = 512 << 20

func (x Examination) disk() Finding {
	free, err := badgerstore.FreeSpace(x.DataDir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return Finding{"disk", Good, "the data folder is made at the first start", ""}
	case errors.Is(err, errors.ErrUnsupported):
		return Finding{"disk", Good, "this system does not tell the free space", ""}
	case err != nil:
		return troubled("disk", fmt.Errorf("ask for the free space at %q: %w", x.DataDir, err), "Check the folder.")
	case free < littleSpace:
		return Finding{"disk", Warning, humanize.IBytes(uint64(free)) + " are free; when the disk is full, deliveries are answered 503", "Make room, or lower [keep] size."}
	}
	return Finding{"disk", Good, humanize.IBytes(uint64(free)) + " are free", ""}
}
