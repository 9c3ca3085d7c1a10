package console

import (
	"fmt"
	"strings"

	"github.com/oklog/ulid/v2"

	"shopbell/app/localapi"
)

// find returns the one capture whose id begins with text.
func (a *archive) find(text string) (ulid.ULID, error) {
	text, err := idPrefix(text)
	if err != nil {
		return ulid.ULID{}, err
	}
	var found []ulid.ULID
	// The search looks for text anywhere in an id, and in other ids too.
	err = a.each("id:"+text, 0, false, func(row localapi.Row) error {
		if strings.HasPrefix(row.ID.String(), text) {
			found = append(found, row.ID)
		}
		return nil
	})
	switch {
	case err != nil:
		return ulid.ULID{}, err
	case len(found) == 0:
		return ulid.ULID{}, refused(fmt.Sprintf("no capture has the id %q", text), `"shopbell list" prints those that are kept`)
	case len(found) > 1:
		return ulid.ULID{}, wrongUse(fmt.Sprintf("the ids of %d captures begin with %q", len(found), text), "give more of it")
	}
	return found[0], nil
}

// idPrefix checks that text can begin an id. Ids are written in Crockford's
// base 32, where letters may be of either case.
func idPrefix(text string) (string, error) {
	upper := strings.ToUpper(text)
	missing := ulid.EncodedSize - len(upper)
	if upper != "" && missing >= 0 {
		if _, err := ulid.ParseStrict(upper + strings.Repeat("0", missing)); err == nil {
			return upper, nil
		}
	}
	return "", wrongUse(fmt.Sprintf("%q is no id of a capture", text), `expected the 26 letters and digits that "shopbell list" prints, or how they begin`)
}

// findAll is find for each of several texts.
func (a *archive) findAll(texts []string) (ids []ulid.ULID, err error) {
	ids = make([]ulid.ULID, len(texts))
	for i, text := range texts {
		if ids[i], err = a.find(text); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
