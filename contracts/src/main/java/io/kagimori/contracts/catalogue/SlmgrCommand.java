package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * A row of slmgr_commands.csv: an option of slmgr.vbs or a command used beside it.
 *
 * @param option the option in lower case with its slash, or the name of the related command
 * @param type what it does
 * @param group global, advanced, KMS client, KMS host, token, active directory, related
 * @param syntax how it is written
 * @param meaning help text in English
 * @param meaningJa help text in Japanese
 * @param privilege who may run it, in English
 * @param privilegeJa who may run it, in Japanese
 * @param availableFrom first release that has it
 * @param notes remarks
 * @param confidence how well founded
 * @param source where the row was read
 */
public record SlmgrCommand(
    String option,
    SlmgrCommandType type,
    String group,
    String syntax,
    String meaning,
    String meaningJa,
    String privilege,
    String privilegeJa,
    String availableFrom,
    Optional<String> notes,
    Confidence confidence,
    String source) {

  /** Help text in a language. */
  public String meaning(Language language) {
    return language == Language.JA ? meaningJa : meaning;
  }

  /** Who may run it, in a language. */
  public String privilege(Language language) {
    return language == Language.JA ? privilegeJa : privilege;
  }

  /** Whether an administrator's elevated prompt is the ordinary way to run it. */
  public boolean needsElevation() {
    return privilege.startsWith("elevated");
  }
}
