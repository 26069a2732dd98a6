package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.DidYouMean;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.event.EditionStageReported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what DISM or Windows printed when a step did not go as it should. */
final class FailureReading {
  /** DISM means success: only the restart is missing. */
  static final String RESTART_REQUIRED = "3010";

  /** Options of the commands an upgrade uses. */
  private static final List<String> OPTIONS =
      List.of(
          "/Online",
          "/Set-Edition",
          "/ProductKey",
          "/AcceptEula",
          "/GetEula",
          "/NoRestart",
          "/Quiet",
          "/Get-CurrentEdition",
          "/Get-TargetEditions");

  private static final Pattern OPTION = Pattern.compile("/[A-Za-z][A-Za-z-]+");

  /** An HRESULT with a Windows error in its lower half. */
  private static final Pattern WRAPPED = Pattern.compile("0[xX]8007([0-9A-Fa-f]{4})");

  private static final Map<String, String> REASONS =
      Map.of(
          "1605", Reasons.KEY_NOT_EDITION_SPECIFIC,
          "50", Reasons.ONLINE_CHANGE_NOT_SUPPORTED,
          "87", Reasons.DISM_OPTION_INVALID,
          "740", Reasons.ELEVATION_REQUIRED,
          "1168", Reasons.IMAGE_DAMAGED);

  private final ErrorCodes codes;

  FailureReading(ErrorCodes codes) {
    this.codes = codes;
  }

  /** Whether the report means success although the agent took the code for a failure. */
  boolean isSuccess(EditionStageReported said) {
    return said.succeeded() || RESTART_REQUIRED.equals(code(said).text());
  }

  Refusal read(EditionStageReported said) {
    ErrorCode code = code(said);
    String text = said.message() == null ? "" : said.message().toLowerCase(Locale.ROOT);
    String reason = REASONS.get(win32(code.text()));
    if (reason == null && isKeyText(text)) {
      reason = Reasons.KEY_NOT_EDITION_SPECIFIC;
    }
    if (reason == null) {
      boolean unknown = !code.text().isEmpty() && !code.known();
      reason = unknown ? Reasons.UNKNOWN_CODE : Reasons.SET_EDITION_FAILED;
    }
    List<String> meant = reason.equals(Reasons.DISM_OPTION_INVALID) ? meant(said) : List.of();
    return new Refusal(
        reason,
        code.text().isEmpty() ? null : code.text(),
        new Details()
            .with("stage", said.stage().name())
            .with("didYouMean", meant.isEmpty() ? null : meant)
            .map(),
        List.of());
  }

  /** A Windows error that comes as an HRESULT, as the number that DISM itself prints. */
  private static String win32(String code) {
    Matcher wrapped = WRAPPED.matcher(code);
    return wrapped.matches() ? Integer.toString(Integer.parseInt(wrapped.group(1), 16)) : code;
  }

  /** The text beside error 1605, in English and Japanese. Source: seed 000. */
  private static boolean isKeyText(String text) {
    return text.contains("ターゲット エディションに対して有効なキーではありません")
        || (text.contains("product key") && text.contains("not valid") && text.contains("target"));
  }

  private static List<String> meant(EditionStageReported said) {
    List<String> meant = new ArrayList<>();
    Matcher option = OPTION.matcher(said.message() == null ? "" : said.message());
    while (option.find()) {
      meant.addAll(DidYouMean.among(option.group(), OPTIONS));
    }
    return meant.stream().distinct().toList();
  }

  private ErrorCode code(EditionStageReported said) {
    return said.code() == null ? new ErrorCode("", false) : codes.resolve(said.code());
  }
}
