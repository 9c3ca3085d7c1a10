package signature

import (
	"reflect"
	"testing"
)

// A plan is used again for one scheme only: each field that is another one
// makes it another scheme.
func TestASchemeWithAnotherFieldIsAnotherScheme(t *testing.T) {
	a, b := Shared{}, Shared{}
	if !a.same(&b) {
		t.Fatal("two empty schemes are not the same")
	}
	fields := 0
	eachField(reflect.ValueOf(&b).Elem(), func(name string, f reflect.Value) {
		fields++
		switch f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Int64:
			f.SetInt(1)
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		default:
			t.Fatalf("%s is a %s", name, f.Kind())
		}
		if a.same(&b) {
			t.Errorf("%s is another one, and the scheme is the same", name)
		}
		f.SetZero()
	})
	if fields < 30 {
		t.Errorf("got %d fields, expected all", fields)
	}
}

// eachField calls f for the fields of v and of the structs in it.
func eachField(v reflect.Value, f func(name string, field reflect.Value)) {
	for i := range v.NumField() {
		if field := v.Field(i); field.Kind() == reflect.Struct {
			eachField(field, f)
		} else {
			f(v.Type().Field(i).Name, field)
		}
	}
}

// The second delivery with a secret is checked by the plan that the first one
// made, whatever else the secret was used for in between.
func TestAPlanChangesNoVerdict(t *testing.T) {
	schemes := []Shared{bodyScheme(SHA256, "sha256="), bodyScheme(SHA1, ""), fieldScheme(), listScheme(), unixListScheme(),
		unixListScheme().WithTolerance(0, ""), listScheme().Prefer("body.timestamp"), standardScheme()}
	keys := secrets("a2V5", "b3RoZXI=")
	for range 2 {
		for i, s := range schemes {
			m := sign(t, s, delivery(1500), "a2V5")
			other := m
			other.Body = []byte(`{"id":"1","date":"2"}`)
			for _, m := range []Message{m, other, delivery(1500), sign(t, s, delivery(200), "b3RoZXI=")} {
				want := marshal(t, s.Verify(m, secrets("a2V5", "b3RoZXI="), noon))
				for range 2 {
					if got := marshal(t, s.Verify(m, keys, noon)); got != want {
						t.Errorf("scheme %d: got %s, expected %s", i, got, want)
					}
				}
			}
		}
	}
}
