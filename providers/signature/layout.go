package signature

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Layout is what declarative schemes share, whether the secret is shared or the
// key public: where the signature and its time stand in a message, how they are
// written, and what is signed. Its fields are parameters of a catalogue file.
type Layout struct {
	// At is where the signature stands: header, query, json or form parts. Any
	// that is there may match; the first is the one that Sign writes. A header
	// name that ends in "*" stands for any number in that place.
	At []Part
	// Prefix stands before the signature, for example "sha256=". It must be
	// there unless PrefixOptional is true.
	Prefix         string
	PrefixOptional bool
	// Suffix and all behind it are not part of the signature.
	Suffix string
	// Repeated allows a header to stand there several times; any may match.
	Repeated bool
	// Unescape reads a signature that is percent-encoded.
	Unescape bool
	// Encoding is how the signature is written.
	Encoding Encoding
	// Upper writes hex in upper case. It is read in either.
	Upper bool
	// List says how to find signatures in a list.
	List List
	// Templates are the documented forms of the signed text. Any may match;
	// Sign uses the first whose parts are there.
	Templates []Template
	// Text is put together first where templates have {text} in them.
	Text Template
	// Equals are parts that must be equal to something else of the message.
	Equals    []Equal
	Timestamp Timestamp
	// JSONObject makes a body that is not one JSON object malformed. With two
	// templates it can be what keeps them apart: a text signed for one order
	// must not be cut again into valid parts of the other.
	JSONObject bool
	// Single are JSON arrays that must have exactly one element, because only
	// the first one is signed.
	Single []Part
}

// check tells what is wrong with the parameters, nil if they fit together.
func (l Layout) check() error {
	switch {
	case !l.Encoding.forSignatures():
		return fmt.Errorf("check scheme: encoding %q, expected hex, base64, base64url, hex-or-base64 or base64-of-hex", l.Encoding)
	case len(l.Templates) == 0:
		return errors.New("check scheme: no template, expected at least one")
	}
	if err := checkPlaces(l.At); err != nil {
		return err
	}
	for _, p := range l.At {
		if p.inEvery() {
			return fmt.Errorf("check scheme: signature %q in each entry of a list, expected that of a token only", p)
		}
	}
	for _, p := range l.Single {
		if p.Kind != PartJSON {
			return fmt.Errorf("check scheme: single %q, expected a json part", p)
		}
	}
	if err := l.checkList(); err != nil {
		return err
	}
	return l.checkTemplates()
}

// checkPlaces tells whether a signature or a token can stand in each of at.
func checkPlaces(at []Part) error {
	if len(at) == 0 {
		return errors.New("check scheme: signature \"\", expected a header, query, json or form part")
	}
	for _, p := range at {
		if p.Name == "" || !slices.Contains([]PartKind{PartHeader, PartQuery, PartJSON, PartForm}, p.Kind) {
			return fmt.Errorf("check scheme: signature %q, expected a header, query, json or form part", p)
		}
	}
	return nil
}

func (l Layout) checkList() error {
	at := l.Timestamp.At
	switch {
	case l.List.isZero() && l.List.Equals == "" && len(l.List.Keys) == 0:
		if at.Kind == PartKey {
			return fmt.Errorf("check scheme: timestamp %q, expected a list in the signature", at)
		}
	case l.List.isZero() || len(l.List.Keys) == 0:
		return errors.New("check scheme: half a list, expected pairs and keys")
	}
	if at.IsZero() || at.Kind == PartKey || at.Name != "" && at.Kind.OfMessage() {
		return nil
	}
	return fmt.Errorf("check scheme: timestamp %q, expected a key, header, json, form or query part", at)
}

func (l Layout) checkTemplates() error {
	if !l.Timestamp.At.IsZero() && l.Timestamp.Format == "" {
		return errors.New("check scheme: timestamp without a format")
	}
	for _, e := range l.Equals {
		if err := e.check(); err != nil {
			return err
		}
	}
	if l.Text.has(PartText) || l.Text.has(PartSecret) {
		return fmt.Errorf("check scheme: text %q, expected parts of the message", l.Text)
	}
	for _, t := range l.Templates {
		if len(t) == 0 {
			return errors.New("check scheme: an empty template")
		}
		if err := l.checkParts(t); err != nil {
			return err
		}
	}
	return l.checkParts(l.Text)
}

// checkParts finds a part of a template that has nothing to stand for.
func (l Layout) checkParts(t Template) error {
	for _, p := range t {
		switch {
		case p.Kind == PartKey && l.List.isZero():
			return fmt.Errorf("check scheme: template %q has a key, expected a list in the signature", t)
		case p.Kind == PartTimestamp && l.Timestamp.At.IsZero():
			return fmt.Errorf("check scheme: template %q has a timestamp, expected to be told where it stands", t)
		case p.Kind == PartText && len(l.Text) == 0:
			return fmt.Errorf("check scheme: template %q has {text}, expected to be told of what it is made", t)
		case p.Kind == PartVerifyToken, p.Kind == PartClaim, p.Kind == PartJOSE:
			return fmt.Errorf("check scheme: template %q has {%s}, expected parts of the message", t, p)
		case p.keyed():
			return fmt.Errorf("check scheme: template %q computes with the secret, expected that in handshakes only", t)
		}
	}
	return nil
}

// tolerating returns a copy of l that lets its timestamp be d off, both ways;
// chosen says whose number it is. One without a timestamp stays as it is.
func (l Layout) tolerating(d time.Duration, chosen string) Layout {
	if !l.Timestamp.At.IsZero() {
		l.Timestamp.Tolerance, l.Timestamp.Chosen = d, chosen
	}
	return l
}

// preferring returns a copy of l that signs in the form called variant. An
// unknown variant changes nothing.
func (l Layout) preferring(variant string) Layout {
	for i, t := range l.Templates {
		if t.Variant() == variant {
			rest := slices.Delete(slices.Clone(l.Templates), i, i+1)
			l.Templates = append([]Template{t}, rest...)
			return l
		}
	}
	return l
}
