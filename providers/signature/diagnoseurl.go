package signature

import (
	"iter"
	"net/url"
	"slices"
	"strings"
)

// maxOtherURLs is how many addresses are tried.
const maxOtherURLs = 256

// address is where a message may have been sent to.
type address struct {
	url, target, host string
}

// on returns m as if it had been sent to a.
func (a address) on(m Message) Message {
	m.URL, m.Target, m.Head = a.url, a.target, nil
	if m.Header.Has("Host") {
		m.Header = m.Header.With("Host", a.host)
	}
	return m
}

// site is an address in its parts, each as it is written.
type site struct{ scheme, host, path, query string }

func (w site) String() string {
	if w.query != "" {
		return w.scheme + "://" + w.host + w.path + "?" + strings.TrimPrefix(w.query, "?")
	}
	return w.scheme + "://" + w.host + w.path
}

func (w site) address() *address {
	whole := w.String()
	return &address{url: whole, target: strings.TrimPrefix(whole, w.scheme+"://"+w.host), host: w.host}
}

// cutAddress reads an address without changing how its parts are written.
func cutAddress(text string) (w site, ok bool) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || scheme == "" || rest == "" {
		return w, false
	}
	w.scheme = scheme
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	w.host, w.path = rest[:end], rest[end:]
	w.path, _, _ = strings.Cut(w.path, "#")
	w.path, w.query, _ = strings.Cut(w.path, "?")
	return w, w.host != ""
}

// address tries the addresses that may have been signed instead.
func (q *search) address() *Diagnosis {
	if !signsAddress(q.Scheme) {
		return nil
	}
	now, ok := cutAddress(q.Message.URL)
	if !ok {
		now, ok = cutAddress("https://" + q.Message.Header.Get("Host") + q.Message.Target)
	}
	if !ok {
		return nil
	}
	before := q.compared
	if d := q.with(q.addressChanges(now)); d != nil {
		return d
	}
	q.note(before, q.compared, "the address with another scheme, host, port, path and query")
	return nil
}

func (q *search) addressChanges(now site) iter.Seq[change] {
	return func(yield func(change) bool) {
		seen := map[string]bool{now.String(): true}
		for _, w := range q.addresses(now) {
			if seen[w.String()] {
				continue
			}
			seen[w.String()] = true
			if len(seen) > maxOtherURLs || !yield(q.sentTo(now, w)) {
				return
			}
		}
	}
}

// addresses lists one difference at a time, then two, then whole other ones.
func (q *search) addresses(now site) (out []site) {
	schemes, hosts := []string{"https", "http"}, q.hosts(now.host)
	paths, queries := q.paths(now.path), q.queries(now.query)
	alternatives := []func(w site) []site{
		func(w site) (out []site) {
			for _, s := range schemes {
				out = append(out, site{s, w.host, w.path, w.query})
			}
			return out
		},
		func(w site) (out []site) {
			for _, h := range hosts {
				out = append(out, site{w.scheme, h, w.path, w.query})
			}
			return out
		},
		func(w site) (out []site) {
			for _, p := range paths {
				out = append(out, site{w.scheme, w.host, p, w.query})
			}
			return out
		},
		func(w site) (out []site) {
			for _, query := range queries {
				out = append(out, site{w.scheme, w.host, w.path, query})
			}
			return out
		},
	}
	for _, one := range alternatives {
		out = append(out, one(now)...)
	}
	for _, u := range q.URLs {
		if w, ok := cutAddress(u); ok {
			out = append(out, w, site{w.scheme, w.host, now.path, now.query}, site{w.scheme, w.host, w.path, now.query})
		}
	}
	for i, one := range alternatives {
		for _, w := range one(now) {
			for _, other := range alternatives[i+1:] {
				out = append(out, other(w)...)
			}
		}
	}
	return out
}

// hosts lists the names of this host: with and without a port, as proxies tell
// them, and those of the addresses that the caller knows.
func (q *search) hosts(now string) []string {
	bare, _, _ := strings.Cut(now, ":")
	out := []string{bare, bare + ":443", bare + ":80", strings.ToLower(now)}
	for _, name := range []string{"Host", "X-Forwarded-Host", "X-Original-Host", "X-Real-Host"} {
		for _, host := range q.Message.Header.Values(name) {
			first, _, _ := strings.Cut(host, ",")
			if first = strings.TrimSpace(first); first != "" && !strings.ContainsAny(first, "/?#@ ") {
				out = append(out, first)
			}
		}
	}
	for _, u := range q.URLs {
		if w, ok := cutAddress(u); ok {
			out = append(out, w.host)
		}
	}
	return out
}

// paths lists the ways in which proxies write a path.
func (q *search) paths(now string) []string {
	out := []string{now + "/", strings.TrimRight(now, "/"), strings.ReplaceAll(now, "//", "/")}
	for _, name := range []string{"X-Original-Uri", "X-Original-Url", "X-Rewrite-Url", "X-Forwarded-Uri", "X-Forwarded-Path"} {
		path, _, _ := strings.Cut(q.Message.Header.Get(name), "?")
		if strings.HasPrefix(path, "/") {
			out = append(out, path)
		}
	}
	for _, name := range []string{"X-Forwarded-Prefix", "X-Script-Name"} {
		if prefix := strings.TrimRight(q.Message.Header.Get(name), "/"); strings.HasPrefix(prefix, "/") {
			out = append(out, prefix+now)
		}
	}
	for _, u := range q.URLs {
		if w, ok := cutAddress(u); ok {
			out = append(out, w.path, strings.TrimRight(w.path, "/")+now)
		}
	}
	for at := 1; at < len(now) && len(out) < 32; at++ {
		if now[at] == '/' {
			out = append(out, now[at:])
		}
	}
	if plain, err := url.PathUnescape(now); err == nil {
		out = append(out, plain, (&url.URL{Path: plain}).EscapedPath(), url.PathEscape(plain))
	}
	return append(out, strings.ToLower(now), "/", "")
}

// queries lists the ways in which a query is rewritten.
func (q *search) queries(now string) (out []string) {
	for _, name := range []string{"X-Original-Uri", "X-Original-Url", "X-Rewrite-Url", "X-Forwarded-Uri"} {
		if _, query, ok := strings.Cut(q.Message.Header.Get(name), "?"); ok {
			out = append(out, query)
		}
	}
	for _, u := range q.URLs {
		if w, ok := cutAddress(u); ok && w.query != "" {
			out = append(out, w.query)
		}
	}
	if now == "" {
		return out
	}
	pairs := strings.Split(now, "&")
	sorted, reversed := slices.Clone(pairs), slices.Clone(pairs)
	slices.Sort(sorted)
	slices.Reverse(reversed)
	out = append(out, "", strings.Join(sorted, "&"), strings.Join(reversed, "&"))
	if len(pairs) <= 5 {
		out = append(out, orders(pairs)...)
	}
	if plain, err := url.QueryUnescape(now); err == nil {
		out = append(out, plain)
	}
	out = append(out, strings.ReplaceAll(now, "+", "%20"), strings.ReplaceAll(now, "%20", "+"), lowerEscapes(now), upperEscapes(now))
	for i := range pairs {
		if len(pairs) <= 16 {
			out = append(out, strings.Join(slices.Delete(slices.Clone(pairs), i, i+1), "&"))
		}
	}
	return out
}

// orders lists every order of up to five pairs.
func orders(pairs []string) (out []string) {
	if len(pairs) <= 1 {
		return []string{strings.Join(pairs, "&")}
	}
	for i := range pairs {
		for _, rest := range orders(slices.Delete(slices.Clone(pairs), i, i+1)) {
			out = append(out, pairs[i]+"&"+rest)
		}
	}
	return out
}

// sentTo is the accident that the sender called w and the message says now.
func (q *search) sentTo(now, w site) change {
	a := accident{says: "when it was sent to " + q.safe(w.String()),
		do: "Set the endpoint's public address to the one that the provider calls, or make the tunnel or proxy pass it on unchanged.",
		evidence: func() string {
			return "judged as sent to " + q.safe(now.String()) + "\nsigned for " + q.safe(w.String())
		},
		fix: &Fix{Kind: SetURL, URL: w.String()}}
	a.cause, a.why = URLQuery, "the query was changed on the way"
	switch {
	case w.scheme != now.scheme && w.host == now.host:
		a.cause, a.why = URLScheme, "this delivery was judged as sent by "+now.scheme
	case w.host != now.host:
		a.cause, a.why = URLHost, "the host or port is another one than the provider called"
	case w.path != now.path:
		a.cause, a.why = URLPath, "the path was changed on the way"
	}
	return change{accident: a, target: w.address()}
}

func lowerEscapes(text string) string { return eachEscape(text, strings.ToLower) }
func upperEscapes(text string) string { return eachEscape(text, strings.ToUpper) }

// eachEscape changes the case of the digits behind each percent sign.
func eachEscape(text string, to func(string) string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			b.WriteString("%" + to(text[i+1:i+3]))
			i += 2
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
