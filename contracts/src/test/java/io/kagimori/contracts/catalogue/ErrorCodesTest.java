package io.kagimori.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest {
  private final ErrorCodes codes = Catalogue.get().errorCodes();

  @Test
  @DisplayName("S1-01 error catalogue: an invalid key in English and Japanese")
  void invalidKey() {
    ErrorCode code = ErrorCode.parse("0xC004F050");
    Explanation en = codes.explain(code, Language.EN);
    Explanation ja = codes.explain(code, Language.JA);

    assertThat(en.title()).contains("product key is invalid");
    assertThat(en.likelyCauses()).hasSize(5).first().asString().startsWith("typing error");
    assertThat(en.nextSteps()).hasSize(3);
    assertThat(en.commands()).contains("slmgr /ipk <key>");
    assertThat(ja.title()).contains("プロダクト キー");
    assertThat(ja.message()).contains("プロダクト キーが無効");
    assertThat(ja.likelyCauses()).hasSize(5).first().asString().contains("入力");
    assertThat(ja.commands()).isEqualTo(en.commands());
    assertThat(en.source()).isNotBlank();
  }

  @Test
  @DisplayName("S1-01 error catalogue: every row is explained in full in both languages")
  void everyRowInBothLanguages() {
    assertThat(codes.all())
        .hasSize(199)
        .allSatisfy(
            row -> {
              ErrorCode code = ErrorCode.parse(row.code());
              Explanation en = codes.explain(code, Language.EN);
              Explanation ja = codes.explain(code, Language.JA);
              assertThat(en.title()).isNotBlank().doesNotStartWith("(");
              assertThat(en.reason()).isNull();
              assertThat(ja.title()).matches(ErrorCodesTest::hasJapanese);
              assertThat(ja.likelyCauses())
                  .hasSameSizeAs(en.likelyCauses())
                  .isNotEmpty()
                  .allMatch(ErrorCodesTest::hasJapanese);
              assertThat(ja.nextSteps())
                  .hasSameSizeAs(en.nextSteps())
                  .isNotEmpty()
                  .allMatch(ErrorCodesTest::hasJapanese);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0xC004F050",
        "c004f050",
        "C004F050h",
        "3221549136",
        "-1073418160",
        "−1073418160",
        "  0Xc004f050\t",
        "０ｘＣ００４Ｆ０５０",
        "３２２１５４９１３６",
        "　c004f050　",
        "&HC004F050",
        "0xFFFFFFFFC004F050",
        "SL_E_INVALID_PRODUCT_KEY",
        "sl_e_invalid_product_key"
      })
  @DisplayName("S1-02 any spelling of the code is one code")
  void spellings(String spelling) {
    assertThat(ErrorCode.parse(spelling)).isEqualTo(new ErrorCode("0xC004F050", true));
  }

  @Test
  @DisplayName("S1-02 any spelling of the code, for every row")
  void everySpellingOfEveryRow() {
    assertThat(codes.all())
        .allSatisfy(
            row -> {
              ErrorCode code = new ErrorCode(row.code(), true);
              assertThat(spellingsOf(row))
                  .allSatisfy(s -> assertThat(codes.resolve(s)).isEqualTo(code));
            });
  }

  private static List<String> spellingsOf(ErrorCodeRow row) {
    List<String> spellings = new ArrayList<>(List.of(row.code(), " " + row.code() + "\u3000"));
    spellings.add(row.code().toLowerCase(Locale.ROOT));
    if (row.isHresult()) {
      String digits = row.code().substring(2);
      int value = Integer.parseUnsignedInt(digits, 16);
      spellings.add(digits);
      spellings.add(digits.toLowerCase(Locale.ROOT));
      spellings.add(digits + "h");
      spellings.add("0X" + digits);
      spellings.add(Integer.toUnsignedString(value));
      spellings.add(Integer.toString(value));
    } else if (Character.isDigit(row.code().charAt(0))) {
      int value = Integer.parseInt(row.code());
      spellings.add(String.format("0x%X", value));
      spellings.add(String.format("0x%08X", value));
    }
    return spellings;
  }

  @ParameterizedTest
  @CsvSource({
    "80070661, 0x80070661",
    "0x80070661, 0x80070661",
    "1605, 1605",
    "0x645, 1605",
    "0x80070645, 1605",
    "-2147023291, 1605",
    "2147944005, 1605",
    "-2147024156, 740",
    "50, 50",
    "-2147024846, 0x80070032",
    "1603, 0x80070643",
    "1722, 0x800706BA",
    "1168, 1168",
    "ERROR_NOT_FOUND, 0x80070490",
    "SL_I_NONGENUINE_GRACE_PERIOD, 0x4004F065",
    "1074065420, 0x4004F00C",
    "setup-key-image, SETUP-KEY-IMAGE"
  })
  @DisplayName("S1-02 any spelling of the code: the catalogue decides what digits alone mean")
  void ambiguous(String spelling, String canonical) {
    assertThat(ErrorCode.parse(spelling)).isEqualTo(new ErrorCode(canonical, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "0xDEADBEEF",
        " 0xdeadbeef",
        "0x",
        "99999999999999999999",
        "-99999999999999999999",
        "-2147483649",
        "エラー",
        "0xC004F050 again",
        "-",
        "H"
      })
  @DisplayName("S1-03 unknown code is kept verbatim and answered UNKNOWN_CODE")
  void unknown(String any) {
    ErrorCode code = ErrorCode.parse(any);

    assertThat(code).isEqualTo(new ErrorCode(any, false));
    for (Language language : Language.values()) {
      Explanation explanation = codes.explain(code, language);
      assertThat(explanation.code()).isEqualTo(any);
      assertThat(explanation.reason()).isEqualTo("UNKNOWN_CODE");
      assertThat(explanation.title()).isNotBlank();
      assertThat(explanation.nextSteps()).isNotEmpty();
    }
  }

  @Test
  @DisplayName("S1-03 unknown code: an absent one is empty, never null")
  void absent() {
    assertThat(ErrorCode.parse(null)).isEqualTo(new ErrorCode("", false));
  }

  @Test
  void inJsonACodeIsItsText() throws Exception {
    ObjectMapper json = new ObjectMapper();

    assertThat(json.writeValueAsString(ErrorCode.parse("c004f050"))).isEqualTo("\"0xC004F050\"");
    assertThat(json.readValue("\"-1073418160\"", ErrorCode.class).text()).isEqualTo("0xC004F050");
  }

  @Test
  void languages() {
    assertThat(Language.of("ja-JP")).isEqualTo(Language.JA);
    assertThat(Language.of("de")).isEqualTo(Language.EN);
    assertThat(Language.of(null)).isEqualTo(Language.EN);
  }

  private static boolean hasJapanese(String text) {
    return text.codePoints()
        .anyMatch(
            c -> {
              Character.UnicodeScript script = Character.UnicodeScript.of(c);
              return script == Character.UnicodeScript.HAN
                  || script == Character.UnicodeScript.HIRAGANA
                  || script == Character.UnicodeScript.KATAKANA;
            });
  }
}
