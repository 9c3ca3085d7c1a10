package settings

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"shopbell/providers"
)

// The words that a key may have.
var (
	tunnelKinds = []string{"local", "ngrok", "ssh"}
	answers     = []string{"shop", "accept"}
	unverifieds = []string{"hold", "forward"}
	whenStucks  = []string{"wait", "pass"}
)

// The ranges of numbers. They are ours: wide enough for any use we know of,
// narrow enough to catch a wrong unit.
const (
	maxDays   = 36_500
	minSize   = 1_000_000
	maxSize   = 100_000_000_000_000
	maxLabel  = 100 // characters of an endpoint's name
	maxPlaces = 32  // deliveries of one endpoint at the shop at once
)

const (
	adviceDays        = "Write a number of days; 0 keeps captures for ever."
	adviceConcurrency = "Write how many deliveries may be at the shop at once; above 1 they are not kept in order."
)

// Check checks settings that were put together in code (flags, the window)
// by the same rules as Load. An empty word means its default. What is wrong is
// a *Problem without file and line: it need not stand in a file.
func Check(s Settings, catalog providers.Catalog) error {
	s.file, s.lines = "", nil
	if f := check(&s, knownBy(catalog)); f != nil {
		return s.problem(f)
	}
	return nil
}

// check returns the first rule that s breaks, nil when it breaks none.
func check(s *Settings, ids known) *finding {
	if f := checkTunnel(s.Tunnel); f != nil {
		return f
	}
	if f := checkShop(s.Shop.URL); f != nil {
		return f
	}
	if f := checkLimits(s.Limits); f != nil {
		return f
	}
	if f := checkKeep(s.Keep); f != nil {
		return f
	}
	if f := checkWindow(s.Window); f != nil {
		return f
	}
	if f := checkQuiet("notify.quiet", s.Notify.Quiet); f != nil {
		return f
	}
	names, paths := map[string]string{}, map[string]string{}
	for i, e := range s.Endpoints {
		place := "endpoint[" + strconv.Itoa(i) + "]"
		if f := checkEndpoint(place, e, ids); f != nil {
			return f
		}
		if f := unique(s, names, place, "name", e.Name, e.Name); f != nil {
			return f
		}
		// "/a" and "/a/" take the same deliveries.
		if f := unique(s, paths, place, "path", e.Path, "/"+strings.Trim(e.Path, "/")); f != nil {
			return f
		}
	}
	return checkSearches(s)
}

// unique notes that the endpoint at place has value, and finds fault when an
// earlier one has it too.
func unique(s *Settings, seen map[string]string, place, key, value, same string) *finding {
	if first, taken := seen[same]; taken {
		where := "an earlier endpoint"
		if n := s.line(first + "." + key); n > 0 {
			where = fmt.Sprintf("the endpoint of line %d", n)
		}
		return &finding{place + "." + key,
			fmt.Sprintf("%s %s is also that of %s, expected one of its own", key, quote(value), where),
			"Give each endpoint another " + key + "."}
	}
	seen[same] = place
	return nil
}

func checkTunnel(t Tunnel) *finding {
	if f := oneOf("tunnel.kind", t.Kind, tunnelKinds); f != nil && t.Kind != "" {
		return f
	}
	if t.Authtoken != "" {
		if f := checkReference("tunnel.authtoken", t.Authtoken); f != nil {
			return f
		}
	}
	if f := checkDomain(t.Domain); f != nil {
		return f
	}
	if f := checkSSH(t); f != nil {
		return f
	}
	return checkListen(t.Listen)
}

func checkKeep(k Keep) *finding {
	if k.Days < 0 || k.Days > maxDays {
		return &finding{"keep.days", fmt.Sprintf("days is %q, expected 0 to %d", strconv.Itoa(k.Days), maxDays), adviceDays}
	}
	if k.Size != 0 && (k.Size < minSize || k.Size > maxSize) {
		return &finding{"keep.size", fmt.Sprintf("size is %d bytes, expected 1MB to 100TB, or 0 for no limit", k.Size),
			"Write a number and a unit, such as \"2GB\"."}
	}
	if k.Encrypt != "" {
		return checkReference("keep.encrypt", k.Encrypt)
	}
	return nil
}

func checkEndpoint(place string, e Endpoint, ids known) *finding {
	if f := checkName(place+".name", e.Name, maxLabel, "endpoint", "list"); f != nil {
		return f
	}
	if f := checkProvider(place+".provider", e, ids); f != nil {
		return f
	}
	if f := checkPath(place+".path", e.Path); f != nil {
		return f
	}
	for i, r := range e.Secrets {
		if f := checkReference(place+".secrets["+strconv.Itoa(i)+"]", r); f != nil {
			return f
		}
	}
	if f := checkForward(place+".forward", e.Forward); f != nil {
		return f
	}
	if f := oneOf(place+".answer", e.Answer, answers); f != nil && e.Answer != "" {
		return f
	}
	if f := oneOf(place+".unverified", e.Unverified, unverifieds); f != nil && e.Unverified != "" {
		return f
	}
	if f := oneOf(place+".when_stuck", e.WhenStuck, whenStucks); f != nil && e.WhenStuck != "" {
		return f
	}
	if e.Concurrency < 0 || e.Concurrency > maxPlaces {
		return wrongConcurrency(place+".concurrency", strconv.Itoa(e.Concurrency))
	}
	if f := checkToken(place+".verify_token", e.VerifyToken); f != nil {
		return f
	}
	return tolerances.check(place+".tolerance", e.Tolerance)
}

// spanRange is what a span of time may be.
type spanRange struct {
	least, most  time.Duration
	such, advice string
}

var tolerances = spanRange{time.Second, 24 * time.Hour, "300s", "Leave tolerance out to use the provider's own."}

// check takes 0 for the default.
func (r spanRange) check(place string, span time.Duration) *finding {
	if span == 0 || span >= r.least && span <= r.most {
		return nil
	}
	return r.wrong(place, FormatSpan(span))
}

func (r spanRange) wrong(place, value string) *finding {
	return &finding{place, fmt.Sprintf("%s is %s, expected a time span from %s to %s, such as %q",
		lastKey(place), quote(value), FormatSpan(r.least), FormatSpan(r.most), r.such), r.advice}
}

func wrongConcurrency(place, value string) *finding {
	return &finding{place, fmt.Sprintf("concurrency is %s, expected 1 to %d", quote(value), maxPlaces), adviceConcurrency}
}

// checkName checks the name of an item, which is shown in a place of the window.
func checkName(place, name string, most int, item, shown string) *finding {
	odd := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case name == "":
		return &finding{place, "the " + item + " has no name, expected name = \"…\"", "Give it a name that you will recognise in the " + shown + "."}
	case strings.TrimSpace(name) != name, strings.ContainsFunc(name, odd), !utf8.ValidString(name), utf8.RuneCountInString(name) > most:
		return &finding{place, fmt.Sprintf("name is %s, expected up to %d printable characters without space at the ends", quote(name), most), "Give it a shorter, plain name."}
	}
	return nil
}

func checkProvider(place string, e Endpoint, ids known) *finding {
	switch {
	case e.Provider == "" && e.Path == "/":
		return nil
	case e.Provider == "":
		return &finding{place, fmt.Sprintf("endpoint %s has no provider, expected one unless its path is \"/\"", quote(e.Name)),
			"Add provider = \"…\"; `shopbell providers` lists them."}
	case contains(ids, e.Provider), ids == nil && !strings.ContainsFunc(e.Provider, notInID):
		return nil
	}
	f := &finding{place, fmt.Sprintf("provider is %s, which is not in the catalogue, expected a provider's id", quote(e.Provider)),
		"`shopbell providers` lists the ids."}
	if near := Nearest(strings.ToLower(e.Provider), ids); near != "" {
		f.says = fmt.Sprintf("provider is %s, which is not in the catalogue, did you mean %q", quote(e.Provider), near)
		f.advice = "Change it to " + near + ", or look the id up with `shopbell providers`."
	}
	return f
}

// notInID finds what no id of the catalogue has.
func notInID(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// checkReference never repeats r: text that is no reference is a secret.
func checkReference(place string, r Reference) *finding {
	_, err := ParseReference(string(r))
	if err == nil {
		return nil
	}
	return &finding{place, strings.Replace(err.Error(), "the text", lastKey(place), 1), adviceReference}
}

// oneOf finds fault with a word that is not among choices.
func oneOf(place, word string, choices []string) *finding {
	if contains(choices, word) {
		return nil
	}
	says := fmt.Sprintf("%s is %s, expected one of %s", lastKey(place), quote(word), strings.Join(choices, ", "))
	if near := Nearest(strings.ToLower(word), choices); near != "" {
		return &finding{place, says, "Change it to " + near + "."}
	}
	return &finding{place, says, "Change it to one of these, or remove the line."}
}
