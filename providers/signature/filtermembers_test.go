package signature

import "testing"

func TestMembersAreJoinedInTheOrderOfTheirNames(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{"b":"x","A":1.50,"c":null,"B2":true}`, "A=1.50,b=x,B2=true,c="}, {`{}`, ""}, {`{"a":"k=v,w"}`, "a=k=v,w"},
	} {
		out, err := applyFilters(part("body|members:=:,").Filters, filterInput{Bytes: []byte(c.in)})
		if err != nil || string(out) != c.want {
			t.Errorf("%s gives %q, %v, expected %q", c.in, out, err, c.want)
		}
	}
	for _, in := range []string{``, `[1]`, `"a"`, `{"a":{}}`, `{"a":[1]}`, `{"a":1,"A":2}`, `{`} {
		if out, err := applyFilters(part("body|members:=:,").Filters, filterInput{Bytes: []byte(in)}); err == nil {
			t.Errorf("%s gives %q, expected an error", in, out)
		}
	}
}

func TestHeaderValuesAreJoinedInTheOrderOfTheList(t *testing.T) {
	f := ReadFields(post("{}", "Content-Type", "application/json", "X-A", "1", "X-Twice", "1", "x-twice", "2"))
	run := func(list string) (string, error) {
		out, err := applyFilters(part("body|header-values:.").Filters, filterInput{Bytes: []byte(list), Fields: f})
		return string(out), err
	}
	if got, err := run("x-a content-type"); err != nil || got != "1.application/json" {
		t.Errorf("gives %q, %v", got, err)
	}
	for _, list := range []string{"x-twice", "x-none", "x-a x-none"} {
		if got, err := run(list); err == nil {
			t.Errorf("%q gives %q, expected an error", list, got)
		}
	}
}
