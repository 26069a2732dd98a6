package io.kagimori.edition.store;

import io.kagimori.edition.domain.Image;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;

/** An image for reading. */
@Entity
@Immutable
@Table(name = "image")
public class ImageEntity extends PanacheEntityBase {
  @Id
  @Column(name = "image_id")
  public String imageId;

  public String document;

  /** The image of that id. */
  public static Optional<Image> named(String imageId) {
    return ImageEntity.<ImageEntity>findByIdOptional(imageId).map(ImageEntity::image);
  }

  /** Images behind one, in the order of their ids. */
  public static List<Image> after(String imageId, int limit) {
    return ImageEntity.<ImageEntity>find("imageId > ?1 order by imageId", imageId)
        .range(0, limit - 1)
        .stream()
        .map(ImageEntity::image)
        .toList();
  }

  private Image image() {
    return Documents.read(document, Image.class);
  }
}
