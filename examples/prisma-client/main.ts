// An unmodified Prisma Client 6 against `lamdb serve`: nested writes, reads with relations, a
// transaction, an aggregation and a constraint that is kept.
import { Prisma, PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

async function main() {
  const ada = await prisma.author.upsert({
    where: { name: "Ada" },
    update: {},
    create: {
      name: "Ada",
      articles: {
        create: [
          { title: "Notes", words: 1200, tags: { connectOrCreate: [tag("engines")] } },
          { title: "Letters", words: 300 },
        ],
      },
    },
    include: { articles: { orderBy: { words: "desc" }, include: { tags: true } } },
  });
  console.log(ada.name, "wrote", ada.articles.map((article) => article.title).join(" and "));

  const [count, words] = await prisma.$transaction([
    prisma.article.count({ where: { author: { name: "Ada" } } }),
    prisma.article.aggregate({ _sum: { words: true } }),
  ]);
  console.log(count, "articles,", words._sum.words, "words");

  try {
    await prisma.author.create({ data: { name: "Ada" } });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError)) throw error;
    console.log("a second Ada is refused:", error.code, error.meta?.target);
  }
}

function tag(name: string) {
  return { where: { name }, create: { name } };
}

await main();
await prisma.$disconnect();
