package io.kagimori.key.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.ProductKey;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The safe on a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "key"))
class KeySafeTest {
  private static final String FINGERPRINT = "fingerprint:" + key32(1);
  private static final String SPRING = "spring:" + key32(2);
  private static final String AUTUMN = "autumn:" + key32(3);

  @Inject AgroalDataSource database;

  private final ProductKey key = synthetic();

  private KeySafe safe(String... lines) {
    return new KeySafe(
        new SealingKeys(Optional.of(String.join("\n", lines)), Optional.empty()), database);
  }

  private static String key32(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static ProductKey synthetic() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    StringBuilder text = new StringBuilder();
    new Random().ints(25, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
    return ProductKey.of(text.toString());
  }

  @Test
  @DisplayName("what was sealed is opened again, and an unknown fingerprint opens nothing")
  void sealedAndOpened() throws SQLException {
    KeySafe safe = safe(FINGERPRINT, SPRING);
    String fingerprint = safe.seal(key);
    assertThat(safe.open(fingerprint)).contains(key);
    assertThat(safe.open(fingerprint.replace('a', 'b') + "0")).isEmpty();
    assertThat(row(fingerprint).sealingKeyId()).isEqualTo("spring");
  }

  @Test
  @DisplayName("sealing a key again keeps the first row, so a cut-off registration can be repeated")
  void sealedTwice() throws SQLException {
    String fingerprint = safe(FINGERPRINT, SPRING).seal(key);
    Row first = row(fingerprint);
    assertThat(safe(FINGERPRINT, AUTUMN, SPRING).seal(key)).isEqualTo(fingerprint);
    assertThat(row(fingerprint)).isEqualTo(first);
  }

  @Test
  @DisplayName("after a rotation the first line seals and the older line still opens")
  void rotation() throws SQLException {
    String before = safe(FINGERPRINT, SPRING).seal(key);
    KeySafe rotated = safe(FINGERPRINT, AUTUMN, SPRING);
    ProductKey later = synthetic();
    String after = rotated.seal(later);
    assertThat(row(before).sealingKeyId()).isEqualTo("spring");
    assertThat(row(after).sealingKeyId()).isEqualTo("autumn");
    assertThat(rotated.open(before)).contains(key);
    assertThat(rotated.open(after)).contains(later);
    assertThatThrownBy(() -> safe(FINGERPRINT, AUTUMN).open(before))
        .hasMessage("KGM0205 sealing key spring is not configured");
  }

  @Test
  @DisplayName("SX-03 the same key is sealed differently each time, and no byte of it is readable")
  void neverTheSame() throws SQLException {
    KeySafe safe = safe(FINGERPRINT, SPRING);
    String fingerprint = safe.seal(key);
    Row first = row(fingerprint);
    forget(fingerprint);
    safe.seal(key);
    Row second = row(fingerprint);
    assertThat(second.nonce()).isNotEqualTo(first.nonce());
    assertThat(second.ciphertext()).isNotEqualTo(first.ciphertext());
    String hex = HexFormat.of().formatHex(key.value().getBytes(StandardCharsets.US_ASCII));
    assertThat(first.ciphertext()).doesNotContain(hex.substring(0, 10));
    assertThat(fingerprint).doesNotContain(hex.substring(0, 10)).hasSize(64);
  }

  @Test
  @DisplayName(
      "SX-03 a row sealed with other bytes or moved to another key is refused without a word of it")
  void tampered() throws SQLException {
    KeySafe safe = safe(FINGERPRINT, SPRING);
    String fingerprint = safe.seal(key);
    Throwable wrongBytes =
        org.assertj.core.api.Assertions.catchThrowable(
            () -> safe(FINGERPRINT, "spring:" + key32(9)).open(fingerprint));
    assertThat(wrongBytes).hasMessage("KGM0208 a key could not be sealed or opened");
    saysNothing(wrongBytes);

    String moved = safe.seal(synthetic());
    execute(
        "update sealed_key set nonce = o.nonce, ciphertext = o.ciphertext from sealed_key o"
            + " where sealed_key.fingerprint = ? and o.fingerprint = ?",
        moved,
        fingerprint);
    Throwable exchanged = org.assertj.core.api.Assertions.catchThrowable(() -> safe.open(moved));
    assertThat(exchanged).hasMessage("KGM0208 a key could not be sealed or opened");
    saysNothing(exchanged);
  }

  private void saysNothing(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    Stream.concat(
            Stream.of(key.value(), key.value().replace("-", "")),
            Stream.of(key.value().split("-", -1)))
        .forEach(part -> assertThat(text.toString()).doesNotContain(part));
  }

  private record Row(String sealingKeyId, String nonce, String ciphertext) {}

  private Row row(String fingerprint) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select sealing_key_id, encode(nonce, 'hex'), encode(ciphertext, 'hex')"
                    + " from sealed_key where fingerprint = ?")) {
      statement.setString(1, fingerprint);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return new Row(rows.getString(1), rows.getString(2), rows.getString(3));
      }
    }
  }

  private void forget(String fingerprint) throws SQLException {
    execute("delete from sealed_key where fingerprint = ?", fingerprint);
  }

  private void execute(String sql, String... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
