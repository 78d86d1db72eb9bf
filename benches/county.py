"""Import lines that fill the sample county up to 300 policies and 2,000 notices that stand today; all of it
invented. The same lines each time, but for the dates.

usage: county.py [NOTICES] > MORE.jsonl
"""

import datetime
import json
import pathlib
import random
import sys

POLICIES, NOTICES = 300, int(sys.argv[1]) if len(sys.argv) > 1 else 2000
SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "central/sample-county/public.jsonl"
TODAY = datetime.date.today()

PROGRAMMES = ("dibao", "tekun", "medical", "education", "housing", "employment", "disaster", "temporary")
KINDS = ("取暖补贴", "护理补贴", "学费减免", "危房改造", "公益岗位", "药费报销", "粮油发放", "应急住宿", "法律援助", "康复训练")
FOR = ("独居老人", "残疾人", "单亲家庭", "大学新生", "务工返乡的人", "重病患者", "受灾牧户", "孤儿", "失业的人", "多子女家庭")
TOWNS = ("639926100", "639926101", "639926102", "639926103", "639926104", "639926105", "639926106")
PHRASES = ("共同生活的家庭成员", "人均收入低于本县标准", "到乡镇窗口提出", "由村委会帮助", "入户调查以后", "公示七天",
           "按月发到卡里", "医保报销以后自己负担的部分", "没有生活来源", "遇到火灾或者车祸", "先给救助再补手续", "冬天的棉被和煤",
           "收入有变化时应当告诉", "书面说明理由", "志愿者上门", "不用重复提交", "赡养义务人", "银行存款", "失去劳动能力", "可以复议")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗祁冶韩星鲁"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华喆秀海福生莲"
VILLAGES = ("东沟村", "下河村", "上滩村", "柳湾村", "石崖村", "白杨村", "红土村", "新庄社区", "河沿社区")

dice = random.Random(1)


def text(words):
    return {"zh-Hans": words}


def sentence(parts):
    return "，".join(dice.sample(PHRASES, parts)) + "。"


def policy(n):
    whom, kind = FOR[n % len(FOR)], KINDS[n // len(FOR) % len(KINDS)]
    steps = [{"title": text(f"第{step}步"), "what": text(sentence(4)),
              "limit": {"days": 10, "unit": "working_days",
                        "rule": {"instrument": "最低生活保障审核确认办法", "article": "第二十条"}}}
             for step in range(1, 5)]
    return {"type": "policy", "id": f"bench-{n}", "area": "639926", "position": 100 + n,
            "about": {"programme": dice.choice(PROGRAMMES)}, "title": text(f"{whom}的{kind}（{n}号）"),
            "summary": text(sentence(3)), "who": [text(sentence(3)) for _ in range(4)],
            "what": [text(sentence(3)) for _ in range(3)], "papers": [{"name": text("居民身份证")}, {"name": text("户口簿")}],
            "steps": steps, "place": text("户籍所在地的乡镇窗口。"), "phone": "0979-8210018",
            "articles": [{"instrument": "中华人民共和国社会救助法", "article": "第十八条"}]}


def notice(n):
    first = TODAY - datetime.timedelta(days=dice.randrange(1, 300))
    return {"type": "notice", "id": f"bench-{n}", "area": dice.choice(TOWNS), "kind": "announcement",
            "programme": dice.choice(PROGRAMMES), "place": text(dice.choice(VILLAGES)),
            "applicant": dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN),
            "member_count": dice.randrange(1, 7), "from": str(first), "until": str(first + datetime.timedelta(days=365)),
            "rule": {"instrument": "最低生活保障审核确认办法", "article": "第二十四条"}}


def main():
    lines = [json.loads(line) for line in SAMPLE.read_text().splitlines()]
    policies = sum(line["type"] == "policy" for line in lines)
    notices = sum(line["type"] == "notice" and line["from"] <= str(TODAY) <= line["until"] for line in lines)
    for n in range(POLICIES - policies):
        print(json.dumps(policy(n), ensure_ascii=False))
    for n in range(NOTICES - notices):
        print(json.dumps(notice(n), ensure_ascii=False))


main()
