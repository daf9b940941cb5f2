package dev.loadstar.masking.classification;

import dev.loadstar.masking.technique.NormalForm;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What a column holds about a person. */
public record PersonalClass(String name, NormalForm form) implements Serializable {
  /** The class of what is not about a person: it passes as it is. */
  public static final String NOT_PERSONAL = "not_personal";

  /** The classes that every project has. */
  static Map<String, PersonalClass> builtIn() {
    Map<String, PersonalClass> classes = new TreeMap<>();
    Map.of(
            "person_name", NormalForm.STRIPPED,
            "email", NormalForm.LOWER_CASE,
            "phone", NormalForm.PHONE,
            "national_id", NormalForm.COMPACT,
            "payment_card", NormalForm.COMPACT,
            "iban", NormalForm.COMPACT)
        .forEach((name, form) -> classes.put(name, new PersonalClass(name, form)));
    Map.of(
            "street_address",
            NormalForm.STRIPPED,
            "postcode",
            NormalForm.STRIPPED,
            "birth_date",
            NormalForm.STRIPPED,
            "ip_address",
            NormalForm.LOWER_CASE,
            "free_text",
            NormalForm.STRIPPED,
            NOT_PERSONAL,
            NormalForm.STRIPPED)
        .forEach((name, form) -> classes.put(name, new PersonalClass(name, form)));
    return classes;
  }

  public boolean isPersonal() {
    return !name.equals(NOT_PERSONAL);
  }
}
