package io.kagimori.key.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.ProductKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The one place where full product keys exist: sealed with AES-GCM, found by fingerprint. Sealing
 * the same key twice keeps the first row, so a registration that was cut off can simply be
 * repeated.
 */
@ApplicationScoped
public class KeySafe {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String SEAL =
      """
      insert into sealed_key (fingerprint, sealing_key_id, nonce, ciphertext) values (?, ?, ?, ?)
      on conflict (fingerprint) do nothing
      """;
  private static final String OPEN =
      "select sealing_key_id, nonce, ciphertext from sealed_key where fingerprint = ?";

  private final SealingKeys keys;
  private final AgroalDataSource database;
  private final SecureRandom random = new SecureRandom();

  KeySafe(SealingKeys keys, AgroalDataSource database) {
    this.keys = keys;
    this.database = database;
  }

  /**
   * Seals a key.
   *
   * @return its fingerprint
   */
  public String seal(ProductKey key) {
    String fingerprint = fingerprint(key);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    String sealingKey = keys.currentId();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SEAL)) {
      statement.setString(1, fingerprint);
      statement.setString(2, sealingKey);
      statement.setBytes(3, nonce);
      statement.setBytes(
          4,
          crypt(
              Cipher.ENCRYPT_MODE,
              sealingKey,
              nonce,
              fingerprint,
              key.value().getBytes(StandardCharsets.US_ASCII)));
      statement.executeUpdate();
      return fingerprint;
    } catch (SQLException e) {
      throw new IllegalStateException("KGM0206 a key could not be sealed", e);
    }
  }

  /** The key of a fingerprint, if it was sealed here. */
  public Optional<ProductKey> open(String fingerprint) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setString(1, fingerprint);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        byte[] key =
            crypt(
                Cipher.DECRYPT_MODE,
                rows.getString(1),
                rows.getBytes(2),
                fingerprint,
                rows.getBytes(3));
        return ProductKey.parse(new String(key, StandardCharsets.US_ASCII));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("KGM0207 a sealed key could not be read", e);
    }
  }

  private String fingerprint(ProductKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.fingerprint());
      return HexFormat.of().formatHex(mac.doFinal(key.value().getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
    }
  }

  /** The fingerprint is authenticated too, so a row cannot be given another key's contents. */
  private byte[] crypt(int mode, String sealingKey, byte[] nonce, String fingerprint, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, keys.sealing(sealingKey), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(fingerprint.getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("KGM0208 a key could not be sealed or opened", e);
    }
  }
}
