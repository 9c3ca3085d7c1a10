package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/providers"
	"shopbell/providers/signature"
)

// offer is a provider as the picker lists it.
type offer struct {
	id, name, category, mark, colour string
	scheme                           func() string // scheme and cover in words
	secondary                        bool
	own                              bool
	plain                            string // what is searched, in lower case
}

// offersOf lists the providers that only lets pass, in the order in which they
// are looked for: shops' categories first, then names.
func offersOf(catalog providers.Catalog, only func(providers.Provider) bool) []offer {
	var list []offer
	for _, p := range catalog.All() {
		if only == nil || only(p) {
			list = append(list, offer{
				id: p.ID, name: p.Name, category: p.Category, mark: p.Mark, colour: p.Colour,
				scheme: func() string { return schemeWords(p) }, secondary: p.Sure == "secondary", own: p.Own,
				plain: strings.ToLower(p.Name + " " + p.ID + " " + strings.ReplaceAll(p.ID, "_", " ") + " " + p.Category),
			})
		}
	}
	slices.SortStableFunc(list, func(a, b offer) int {
		if by := a.rank() - b.rank(); by != 0 {
			return by
		}
		if by := strings.Compare(a.category, b.category); by != 0 {
			return by
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return list
}

// shopCategories are those of which shops need providers most, in that order.
func shopCategories() []string {
	return []string{"e-commerce", "payments", "fintech", "shipping", "accounting"}
}

// rank is the place of the offer's category; the user's own come first.
func (o offer) rank() int {
	if o.own {
		return -1
	}
	if i := slices.Index(shopCategories(), o.category); i >= 0 {
		return i
	}
	return len(shopCategories())
}

// schemeWords say in one line how a provider signs and what that covers.
func schemeWords(p providers.Provider) string {
	facts := signature.FactsOf(p.Scheme)
	if !p.Signs || facts.Name == "" {
		return lang.L("Signs nothing")
	}
	scheme := map[string]any{"Scheme": upperFirst(facts.Name)}
	switch facts.Cover {
	case signature.CoverBody:
		return lang.L("{{.Scheme}}, covers the body", scheme)
	case signature.CoverFields:
		return lang.L("{{.Scheme}}, covers some fields only", scheme)
	}
	return lang.L("{{.Scheme}}, protects no part", scheme)
}

// How well an offer fits what was typed, best first.
const (
	fitsID     = iota // the whole id or name
	fitsStart         // the name begins so
	fitsWord          // a word of name, id or category does
	fitsInside        // it stands somewhere
	fitsNot
)

// fit tells how well an offer fits a text in lower case, of which each word
// must be found.
func (o offer) fit(typed string) int {
	name := strings.ToLower(o.name)
	switch {
	case typed == o.id || typed == name:
		return fitsID
	case strings.HasPrefix(name, typed) || strings.HasPrefix(o.id, typed):
		return fitsStart
	}
	fit := fitsWord
	for _, word := range strings.Fields(typed) {
		switch {
		case !strings.Contains(o.plain, word):
			return fitsNot
		case !strings.HasPrefix(o.plain, word) && !strings.Contains(o.plain, " "+word):
			fit = fitsInside
		}
	}
	return fit
}

// maxTyped bounds what is searched for: longer text is no provider's name.
const maxTyped = 100

// findOffers returns what fits the text that was typed, the best first.
func findOffers(all []offer, typed string) []offer {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return all
	}
	if len(typed) > maxTyped {
		return nil
	}
	var by [fitsNot][]offer
	for _, o := range all {
		if fit := o.fit(typed); fit != fitsNot {
			by[fit] = append(by[fit], o)
		}
	}
	return slices.Concat(by[:]...)
}
